/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The fixture of suites that call the video BIOS of the machine.
 */
#ifndef VPMEM_KUNIT_VIDEO_BIOS_H
#define VPMEM_KUNIT_VIDEO_BIOS_H

#include <kunit/test.h>

#include "vpmem.h"

#define VT_TIMEOUT	"/sys/module/vpmem/parameters/int10_timeout_ms"
#define VT_HELPER	"/sys/module/vpmem/parameters/int10_helper"
#define VT_VIEW_ROOM	SZ_4K
#define VT_VBE_DONE	0x004f

extern void *vt_bios_ext;
extern VIDEO_PORT_INT10_INTERFACE vt_bios;
void vt_close_file(struct file *file);
bool vt_write_file(const char *path, const char *value);
void vt_set_defaults(struct kunit *test);
unsigned long vt_read_number(void *of, const char *name);
int vt_bios_init(struct kunit *test);
void vt_bios_exit(struct kunit *test);
VP_STATUS vt_current_mode(u16 *mode);
void vt_expect_works(struct kunit *test);
void vt_expect_works_soon(struct kunit *test);

#endif /* VPMEM_KUNIT_VIDEO_BIOS_H */
