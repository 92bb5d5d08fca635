/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Exceptions as an open NT clone writes them.
 */
#ifndef VPMEM_PSEH2_H
#define VPMEM_PSEH2_H

#include "basic.h"
#include "guarded.h"

#define _SEH2_TRY			__try {
#define _SEH2_EXCEPT(filter)		} __except(filter) {
#define _SEH2_FINALLY			} __finally {
#define _SEH2_END			}
#define _SEH2_LEAVE			__leave
#define _SEH2_YIELD(statement)		statement
#define _SEH2_VOLATILE			volatile
#define _SEH2_GetExceptionCode()	GetExceptionCode()
#define _SEH2_GetExceptionInformation()	GetExceptionInformation()
#define _SEH2_AbnormalTermination()	AbnormalTermination()

#endif /* VPMEM_PSEH2_H */
