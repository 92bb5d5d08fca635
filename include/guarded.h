/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Exceptions: there are none to be caught, so a guarded block just runs, as does what
 * follows at its end. __leave goes there, out of loops as well. A return from the block
 * does not: what __finally has is not run then.
 */
#ifndef VPMEM_GUARDED_H
#define VPMEM_GUARDED_H

#ifndef __try

/* The brace that is opened here is closed behind the block. */
#define __try				if (1) { __label__ vpmem_leave;
#define VPMEM_TRY_END			vpmem_leave: __attribute__((__unused__)); }
#define __except(filter)		VPMEM_TRY_END else while (0)
#define __finally			VPMEM_TRY_END
#define __leave				goto vpmem_leave

#define _try				__try
#define _except				__except
#define _finally			__finally
#define _leave				__leave

#define EXCEPTION_EXECUTE_HANDLER	1
#define EXCEPTION_CONTINUE_SEARCH	0
#define EXCEPTION_CONTINUE_EXECUTION	(-1)
#define EXCEPTION_MAXIMUM_PARAMETERS	15

#define GetExceptionCode()		((LONG)0)
#define GetExceptionInformation()	NULL
#define AbnormalTermination()		0
#define _exception_code()		GetExceptionCode()
#define _exception_info()		GetExceptionInformation()
#define _abnormal_termination()		AbnormalTermination()

#endif

#endif /* VPMEM_GUARDED_H */
