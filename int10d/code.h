/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Copy of the code that ran, to find out whether it has changed.
 */
#ifndef CODE_H
#define CODE_H

#include <stdbool.h>
#include <stdint.h>

void code_init(const uint8_t *space);

/* Keep a copy of code that runs, unless there is one. */
void code_keep(uint32_t address, uint32_t size);

/*
 * Find a part of the code that has changed, and take a new copy of it. Return false if there
 * is none any more.
 */
bool code_find_change(uint64_t *begin, uint64_t *end);

void code_forget(void);

#endif /* CODE_H */
