/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions that the helper's files share.
 */
#ifndef INT10D_H
#define INT10D_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "vpmem-int10.h"

/* log.c */
void log_open(void);
void log_close(void);
size_t log_take(char *to);
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
void die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

/* ports.c */
bool ports_take(void);
uint32_t port_in(uint16_t port, unsigned int bytes);
void port_out(uint16_t port, unsigned int bytes, uint32_t value);

/* memory.c */
void memory_init(void *space, void *high);
void memory_begin(const struct vpmem_int10_window *windows, unsigned int count);
const char *memory_fault(uint32_t *address);
const uint8_t *memory_code(uint32_t address);

/* machine.c */
bool machine_init(void *space, void *high, bool has_ports);
void machine_call(const struct vpmem_int10_request *request,
		  struct vpmem_int10_reply *reply);

/* privilege.c */
void privilege_drop(int last_file);

#endif /* INT10D_H */
