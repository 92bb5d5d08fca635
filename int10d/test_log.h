/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Log of the programs that test the machine.
 */
#ifndef TEST_LOG_H
#define TEST_LOG_H

extern char line[256];			/* last line of the log */

#endif /* TEST_LOG_H */
