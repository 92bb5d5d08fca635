/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the rooms of calls of the video BIOS show each other: helper.c, bios.c,
 * int10dev.c.
 */
#ifndef VPMEM_BIOS_H
#define VPMEM_BIOS_H

#include <linux/wait.h>

#include "internal.h"

struct pid;

/*
 * helper.c
 */

int vpmem_helper_start(void);
int vpmem_helper_verdict(void);
struct pid *vpmem_helper_pid(void);
bool vpmem_helper_lives(void);
unsigned long vpmem_helper_starts(void);
void vpmem_helper_exit(void);

/*
 * bios.c
 */

/* One opening of the device. */
struct vpmem_session {
	struct pid *pid;		/* of who opened it; NULL for init */
	bool given_up;
};

extern struct wait_queue_head vpmem_bios_callers;
extern struct wait_queue_head vpmem_bios_helpers;

int vpmem_session_begin(struct vpmem_session *new);
void vpmem_session_end(struct vpmem_session *old);
int vpmem_session_state(const struct vpmem_session *mine);
int vpmem_session_take(const struct vpmem_session *mine, struct vpmem_int10_request *to);
void vpmem_session_untake(u64 sequence);
int vpmem_session_answer(const struct vpmem_session *mine,
			 const struct vpmem_int10_reply *reply, const char *message);

/*
 * int10dev.c
 */

int vpmem_node_register(void);
void vpmem_node_unregister(void);

#endif /* VPMEM_BIOS_H */
