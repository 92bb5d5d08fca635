/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Failures of the calls by which vpmem allocates.
 */
#ifndef VPMEM_KUNIT_FAULTS_H
#define VPMEM_KUNIT_FAULTS_H

#include <linux/types.h>

struct task_struct;

/* Calls that are to fail */
struct vpmem_faults_plan {
	struct task_struct *task;	/* whose calls; NULL for any task and context */
	unsigned int nth;		/* the first that fails, from 1 */
	unsigned int then;		/* the second, counted from that one; 0 for none */
	bool lasting;			/* all later ones, as if memory stayed short */
};

/* main.c */
void vpmem_faults_arm(const struct vpmem_faults_plan *plan);
unsigned int vpmem_faults_disarm(void);
bool vpmem_faults_decide(unsigned long address, const char *callee);

/* record.c */
int vpmem_faults_record_init(void);
void vpmem_faults_record_exit(void);
void vpmem_faults_record(unsigned long address, const char *callee);
void vpmem_faults_record_epoch(void);
extern const struct file_operations vpmem_faults_record_fops;

#endif /* VPMEM_KUNIT_FAULTS_H */
