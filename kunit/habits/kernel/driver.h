/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _DRIVER_H_
#define _DRIVER_H_

#define DRV_TAG 'vrDX'

#define CHECK(what) \
    do { \
        if (!(what)) { \
            VideoPortDebugPrint(Error, "%s:%u: %s\n", __FILE__, __LINE__, #what); \
            return FALSE; \
        } \
    } while (0)

BOOLEAN AloneTest(PVOID Extension);
ULONG KitIsWrong(VOID);

#endif
