/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Process of the helper, which runs the video BIOS.
 */
#ifndef VPMEM_HELPER_H
#define VPMEM_HELPER_H

#include <linux/types.h>
#include <linux/wait.h>

struct pid;

/* Calls that wait for the helper */
extern struct wait_queue_head vpmem_bios_callers;

int vpmem_helper_start(void);
int vpmem_helper_verdict(void);
struct pid *vpmem_helper_pid(void);
bool vpmem_helper_lives(void);
unsigned long vpmem_helper_starts(void);
void vpmem_helper_exit(void);

#endif /* VPMEM_HELPER_H */
