// SPDX-License-Identifier: GPL-2.0-only
/* Copyright © in the code page of Windows; nor is this UTF-8: Åçê */
#include "video.h"

C_ASSERT((UCHAR)'È' == 0xe9 && sizeof("naÔve") == 6);
C_ASSERT(L'Ä' == 0x20ac && L'È' == 0xe9 && sizeof(L"´xª") == 8);

PWSTR LatinName(VOID)
{
    return L"åuvre ñ ©";
}
