/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Modes of the fake miniport, set through its files.
 */
#ifndef VPMEM_KUNIT_MODES_H
#define VPMEM_KUNIT_MODES_H

#include "kunit/lib/helpers.h"

#define VT_SCREEN_SIZE	64

int vt_set_mode(unsigned long mode);
int vt_reset_mode(void);
void vt_give_screen(struct kunit *test);

#endif /* VPMEM_KUNIT_MODES_H */
