/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Helpers of the suites of BIOS calls: fake helper processes, and threads that call.
 */
#ifndef VPMEM_KUNIT_FAKE_H
#define VPMEM_KUNIT_FAKE_H

#include <kunit/test.h>
#include <linux/completion.h>

#include "uapi/vpmem-int10.h"
#include "vpmem.h"

struct file;

#define VT_DEVICE	"/dev/" VPMEM_INT10_DEVICE
#define VT_PATIENT	"60000"		/* ms: the machine may have to wait for a CPU */

/* Reported by the fake helper for each call */
#define VT_INSTRUCTIONS	1000
#define VT_BLOCKS	300
#define VT_MILLISECONDS	7
#define VT_ENGINE	"fake\\nengine"	/* as shown: escaped */

struct vt_fake;

/* Behaviour of a helper with a request that it has taken */
typedef void vt_fake_answer(struct vt_fake *fake);

struct vt_fake {
	struct file *file;
	struct task_struct *task;
	vt_fake_answer *answer;
	struct vpmem_int10_request request;	/* the last one */
	unsigned int taken;
	ssize_t wrote[4];			/* what came of its replies */
	unsigned int nr_wrote;
	ssize_t error;				/* of its last read */
	bool told_to_leave;
};

/* Call in a thread of its own */
struct vt_caller {
	PVIDEO_PORT_INT10_INTERFACE bios;
	unsigned int calls;
	INT10_BIOS_ARGUMENTS registers;
	VP_STATUS status;
	unsigned int wrong;
	struct task_struct *task;
	struct completion done;
};

/* The fixture: no helper but ours, and none left. */
int vt_bios_init(struct kunit *test);
void vt_bios_exit(struct kunit *test);
void vt_set_timeout(struct kunit *test, const char *ms);

struct file *vt_dev_open(struct kunit *test, int flags);
void vt_dev_close(struct file *file);
ssize_t vt_dev_read(struct file *file, void *to, size_t size);
ssize_t vt_dev_write(struct file *file, const void *from, size_t size);
bool vt_request_comes(struct file *file);

struct vt_fake *vt_fake_start(struct kunit *test, vt_fake_answer *answer);
void vt_fake_stop(struct vt_fake *fake);
void vt_fake_close(struct vt_fake *fake);
void vt_fake_write(struct vt_fake *fake, const struct vpmem_int10_reply *reply,
		   size_t size);
struct vpmem_int10_reply vt_right_reply(const struct vt_fake *fake);
vt_fake_answer vt_answer_rightly, vt_answer_never;

extern const INT10_BIOS_ARGUMENTS vt_arguments;

VP_STATUS vt_call(PVIDEO_PORT_INT10_INTERFACE bios, INT10_BIOS_ARGUMENTS *registers);
void vt_expect_transformed(struct kunit *test, const INT10_BIOS_ARGUMENTS *out,
			   const INT10_BIOS_ARGUMENTS *in);
void vt_expect_untouched_registers(struct kunit *test,
				   const INT10_BIOS_ARGUMENTS *registers);
void vt_expect_answered(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios);
void vt_expect_fails(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios,
		     VP_STATUS status);
void vt_expect_recovers(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios);

void vt_caller_start(struct kunit *test, struct vt_caller *caller,
		     int (*thread)(void *data));
struct vt_caller *vt_caller_begin(struct kunit *test);
bool vt_caller_wait(struct vt_caller *caller);
int vt_caller_thread(void *data);

#endif /* VPMEM_KUNIT_FAKE_H */
