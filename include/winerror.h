/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The Win32 codes that drivers use. vpmem.h has those that a VP_STATUS is made of.
 */
#ifndef VPMEM_WINERROR_H
#define VPMEM_WINERROR_H

#include "../vpmem.h"

#define ERROR_SUCCESS			0
#define ERROR_FILE_NOT_FOUND		2
#define ERROR_ACCESS_DENIED		5
#define ERROR_INVALID_HANDLE		6
#define ERROR_INVALID_DATA		13
#define ERROR_OUTOFMEMORY		14
#define ERROR_NOT_READY			21
#define ERROR_GEN_FAILURE		31
#define ERROR_NOT_SUPPORTED		50
#define ERROR_CALL_NOT_IMPLEMENTED	120
#define ERROR_SEM_TIMEOUT		121
#define ERROR_ALREADY_EXISTS		183
#define ERROR_NO_MORE_ITEMS		259
#define ERROR_NOT_FOUND			1168
#define ERROR_TIMEOUT			1460

#endif /* VPMEM_WINERROR_H */
