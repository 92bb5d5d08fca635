// SPDX-License-Identifier: GPL-2.0-only
/*
 * Trace events of core/trace.h.
 */
#define CREATE_TRACE_POINTS
#include "core/trace.h"
