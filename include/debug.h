/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Messages as in an open NT clone: DPRINT1() and ERR_() always print, DPRINT() and the
 * others unless NDEBUG is defined, after the file and the line. The header has no include
 * guard, since sources define NDEBUG between two inclusions.
 */
#ifndef VPMEM_DEBUG_H
#define VPMEM_DEBUG_H

#include "basic.h"
#include "dpfilter.h"
#include "ntstatus.h"
#include "vpmem-nt.h"

/* The last part of a path, which the compiler works out. */
#define VPMEM_FILE \
	(__builtin_strrchr(__FILE__, '/') ? __builtin_strrchr(__FILE__, '/') + 1 : __FILE__)

#define VPMEM_DPRINT(text, ...) \
	((void)DbgPrint("(%s:%d) " text, VPMEM_FILE, __LINE__, ##__VA_ARGS__))
#define VPMEM_DPRINT_OFF(...)		((void)0)

/* Channel: the name of a component of DbgPrintEx(), which is ignored */
#define VPMEM_CHANNEL(level, text, ...)	VPMEM_DPRINT(level text, ##__VA_ARGS__)

#define DPRINT1(...)			VPMEM_DPRINT(__VA_ARGS__)
#define ERR_(channel, ...)		VPMEM_CHANNEL("err: ", __VA_ARGS__)
#define ERR__(channel, ...)		VPMEM_CHANNEL("err: ", __VA_ARGS__)

#define UNIMPLEMENTED			VPMEM_DPRINT("%s is not implemented\n", __func__)
#define UNIMPLEMENTED_ONCE		UNIMPLEMENTED
#define UNIMPLEMENTED_DBGBREAK(...)	UNIMPLEMENTED
#define UNIMPLEMENTED_FATAL(...)	UNIMPLEMENTED
#define ERROR_DBGBREAK(...)		((void)0)
#define ERROR_FATAL(...)		((void)0)
#define ASSERT_IRQL_LESS_OR_EQUAL(x)	((void)0)
#define ASSERT_IRQL_EQUAL(x)		((void)0)
#define ASSERT_IRQL_LESS(x)		((void)0)

#define __RELFILE__			VPMEM_FILE
#define DBG_DEFAULT_CHANNEL(channel)

#endif /* VPMEM_DEBUG_H */

#undef DPRINT
#undef WARN_
#undef FIXME_
#undef INFO_
#undef TRACE_
#undef CHECKPOINT
#undef CHECKPOINT1

#define CHECKPOINT1			DPRINT1("%s:%d\n", __func__, __LINE__)

#ifdef NDEBUG
#define DPRINT(...)			VPMEM_DPRINT_OFF()
#define WARN_(channel, ...)		VPMEM_DPRINT_OFF()
#define FIXME_(channel, ...)		VPMEM_DPRINT_OFF()
#define INFO_(channel, ...)		VPMEM_DPRINT_OFF()
#define TRACE_(channel, ...)		VPMEM_DPRINT_OFF()
#define CHECKPOINT			VPMEM_DPRINT_OFF()
#else
#define DPRINT(...)			VPMEM_DPRINT(__VA_ARGS__)
#define WARN_(channel, ...)		VPMEM_CHANNEL("warn: ", __VA_ARGS__)
#define FIXME_(channel, ...)		VPMEM_CHANNEL("fixme: ", __VA_ARGS__)
#define INFO_(channel, ...)		VPMEM_CHANNEL("info: ", __VA_ARGS__)
#define TRACE_(channel, ...)		VPMEM_CHANNEL("trace: ", __VA_ARGS__)
#define CHECKPOINT			DPRINT("%s:%d\n", __func__, __LINE__)
#endif
