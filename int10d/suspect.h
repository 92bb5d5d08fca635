/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Instructions that Unicorn computes wrong.
 */
#ifndef SUSPECT_H
#define SUSPECT_H

#include <stdbool.h>
#include <stdint.h>
#include <unicorn/unicorn.h>

void suspect_init(struct uc_struct *uc, const uint8_t *space);

/* Note that a block was translated anew. */
void suspect_translated(uint32_t address);

/* Look a block through that is to run. Return whether it must be translated again. */
bool suspect_find(uint32_t address, uint32_t size);

/* Tell whether a block has hooks: Unicorn does not stop right at its begin then. */
bool suspect_has_hooks(uint32_t address);

/* Hook what was found. Return false if there is too much of it. */
bool suspect_hook(void);

/* Return why the code cannot be run, or NULL. */
const char *suspect_fault(void);

/* Begin a call. */
void suspect_reset(void);

#endif /* SUSPECT_H */
