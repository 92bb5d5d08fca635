/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Failures of the calls by which vpmem allocates.
 */
#ifndef VPMEM_KUNIT_FAULTS_H
#define VPMEM_KUNIT_FAULTS_H

#include <linux/types.h>

struct task_struct;

/* In place of a number: each call fails. */
#define VPMEM_FAULTS_ALL	(~0U)

/* main.c */
void vpmem_faults_arm(struct task_struct *task, unsigned int nth);
unsigned int vpmem_faults_disarm(void);
bool vpmem_faults_decide(unsigned long address, const char *callee);

/* record.c */
int vpmem_faults_record_init(void);
void vpmem_faults_record_exit(void);
void vpmem_faults_record(unsigned long address, const char *callee);
void vpmem_faults_record_epoch(void);
extern const struct file_operations vpmem_faults_record_fops;

#endif /* VPMEM_KUNIT_FAULTS_H */
