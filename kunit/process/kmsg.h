/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KUNIT_PROCESS_KMSG_H
#define KUNIT_PROCESS_KMSG_H

void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif /* KUNIT_PROCESS_KMSG_H */
