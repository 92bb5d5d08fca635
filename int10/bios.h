/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Calls of the video BIOS.
 */
#ifndef VPMEM_BIOS_H
#define VPMEM_BIOS_H

#include <linux/types.h>
#include <linux/wait.h>

#include "uapi/vpmem-int10.h"

struct pid;
struct seq_file;
struct vpmem_windows;

struct vpmem_bios_report {
	/* Descriptions of damage that was restored; empty if there was none */
	char damaged_before[48];
	char damaged_after[48];
	/* Text of the helper, unmodified */
	char message[VPMEM_INT10_MESSAGE];
	unsigned int message_length;
};

int vpmem_bios_init(void);
void vpmem_bios_exit(void);
void vpmem_bios_idle(void);
int vpmem_bios_call(struct vpmem_int10_registers *registers,
		    const struct vpmem_windows *windows,
		    struct vpmem_bios_report *report);
bool vpmem_bios_is_absent(int err);
const char *vpmem_bios_error(int err);
void vpmem_bios_show(struct seq_file *m);

/*
 * Sessions of the helper
 */

/* Open file of the device */
struct vpmem_session {
	struct pid *pid;		/* process that opened it; NULL for init */
	bool given_up;
};

extern struct wait_queue_head vpmem_bios_helpers;

int vpmem_session_begin(struct vpmem_session *new);
void vpmem_session_end(struct vpmem_session *old);
int vpmem_session_state(const struct vpmem_session *mine);
int vpmem_session_take(const struct vpmem_session *mine, struct vpmem_int10_request *to);
void vpmem_session_untake(u64 sequence);
int vpmem_session_answer(const struct vpmem_session *mine,
			 const struct vpmem_int10_reply *reply, const char *message);

#endif /* VPMEM_BIOS_H */
