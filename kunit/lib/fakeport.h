/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Miniport of the suites of the port object, which does what the test tells
 * it, and notes what it is told. It includes the headers of Windows, and comes after
 * those of Linux.
 */
#ifndef VPMEM_KUNIT_FAKEPORT_H
#define VPMEM_KUNIT_FAKEPORT_H

#include <kunit/test.h>
#include <linux/atomic.h>

#include "core/testing.h"
#include "vpmem.h"
#include "include/ntdef.h"
#include "include/video.h"

#define VT_MINIPORT		"vpmem-kunit-port"
#define VT_EXTENSION_SIZE	1000

/* Request that no display driver makes */
#define VT_ECHO			0x77001

struct vt_buses {
	const char *name;
	INTERFACE_TYPE type[3];
	unsigned int wins;
};

/*
 * The miniport. Its entry points have no place for what is the test's own, hence a
 * static one; there is one test at a time.
 */
extern struct vt_miniport {
	/* Behaviour */
	struct vpmem_miniport miniport;
	VIDEO_HW_INITIALIZATION_DATA hw;
	void (*in_entry)(PVOID context1, PVOID context2);
	const struct vt_buses *buses;
	ULONG entry_status;
	void (*in_find)(PVOID ext, PVIDEO_PORT_CONFIG_INFO config);
	VP_STATUS find_status;
	void (*in_initialize)(PVOID ext);
	BOOLEAN initialized;
	void (*in_request)(PVOID ext, PVIDEO_REQUEST_PACKET packet);
	void (*in_reset)(PVOID ext);
	ULONG (*child)(PVOID ext, ULONG index, PVIDEO_CHILD_TYPE type, PUCHAR descriptor);
	ULONG child_answer;
	VIDEO_NUM_MODES modes;
	ULONG modes_listed;
	ULONG mode_attributes;
	VP_STATUS fails[2];			/* a code, and the status for it */
	ULONG information_less;
	UCHAR *screen;
	ULONG screen_size;
	ULONG bank_size;			/* what it maps unless it is asked for all */
	VP_STATUS power_answer[2];		/* HwGetPowerState's, and HwSetPowerState's */
	/* Observations */
	char order[128];			/* a letter for each call */
	PVOID context1;
	UNICODE_STRING path;
	PVOID ext;
	PVOID hw_context;
	__u16 *arguments;
	VIDEO_PORT_CONFIG_INFO config;
	bool extension_was_zero;
	VIDEO_REQUEST_PACKET packet;
	ULONG mode_asked;
	USHORT colors;
	ULONG colors_size;
	VIDEO_CLUTDATA first_color, last_color;
	PVOID unmapped;
	ULONG columns, rows;
	ULONG registry_number;
	char registry_text[16];
	unsigned int children;
	VIDEO_CHILD_ENUM_INFO last_child;
	bool children_were_zero;
	bool were_together;
	atomic_t inside;
} vt_mp;

void vt_miniport_script(void);
int vt_miniport_init(struct kunit *test);
void vt_miniport_exit(struct kunit *test);
int vt_miniport_register(void);
void vt_miniport_unregister(void);
void vt_need_miniport(struct kunit *test);
void vt_have_children(ULONG answer);
void vt_have_power(bool asks);
void vt_expect_nothing_registered(struct kunit *test);
bool vt_is_attached(void *ext);

void vt_note(char what);
void vt_forget_order(void);
VP_STATUS vt_request(ULONG code);

ULONG vt_entry(PVOID context1, PVOID context2);
void vt_entry_for_buses(PVOID context1, PVOID context2);

#endif /* VPMEM_KUNIT_FAKEPORT_H */
