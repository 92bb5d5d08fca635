// SPDX-License-Identifier: GPL-2.0-only
/* Of a driver that came from elsewhere, with names of its own that Linux has as well. */
#include <stdbool.h>
#include <excpt.h>
#include "video.h"
#include "ioaccess.h"
#include "CHIPREV.H"

typedef unsigned char u_char;
typedef unsigned long u_long;
typedef unsigned short mode_t;
typedef LONG atomic_t;
typedef unsigned __int64 phys_addr_t;

struct list_head {
    struct list_head *first;
    u_long count;
};

static bool OwnFlag = true;
ULONG linux, unix;

ULONG OwnCount(struct list_head *head, mode_t mode, atomic_t *users, phys_addr_t at)
{
    CM_MCA_POS_DATA pos = { 0x8f1d };
    CHIPS_SYNC sync = { CHIPS_REVISION };
    u_char byte = READ_PORT_UCHAR((PUCHAR)0x3cc);
    ULONG count = linux + unix;

    try {
        for (; head; head = head->first) {
            if (OwnFlag == false)
                leave;
            count += head->count;
        }
    } finally {
        *users -= 1;
    }
    return sync.Low + count + byte + mode + pos.AdapterId + (ULONG)at +
        (ULONG)(ULONG_PTR)PAGE_ALIGN(users);
}

/* Shorter names, which are none of the language's */
typedef struct { ULONG low, high; } u64;
typedef enum { s8, gfp_t } u8;
ULONG u32 = sizeof(u64) + gfp_t;
