// SPDX-License-Identifier: GPL-2.0-only
/*
 * Arrays of one element at the end of a structure that is followed by more of them. gcc
 * believes that no element of the first array is in the second, whatever the options.
 */
int printf(const char *, ...);

typedef unsigned int ULONG;
typedef struct { unsigned char Red, Green, Blue, Unused; } COLOR;
typedef union { COLOR Rgb; ULONG RgbLong; } CLUTDATA;
typedef struct { unsigned short NumEntries, FirstEntry; CLUTDATA LookupTable[1]; } CLUT, *PCLUT;
typedef struct { CLUT head; CLUTDATA more[255]; } PALETTE;

static int failed;

#define CHECK(condition) \
    do if (!(condition)) printf("line %d: %s\n", __LINE__, #condition), failed = 1; while (0)

__attribute__((noinline)) static void use(PALETTE *p)
{
    ULONG i;

    for (i = 1; i < 256; i++)
        if (p->more[i - 1].RgbLong != i) {
            CHECK(p->more[i - 1].RgbLong == i);
            break;
        }
}

__attribute__((noinline)) static void fill(void)
{
    PALETTE palette;
    ULONG i;

    for (i = 0; i < 256; i++)
        palette.head.LookupTable[i].RgbLong = i;
    use(&palette);
}

__attribute__((noinline)) static ULONG behind(PALETTE *p, ULONG i)
{
    p->more[0].RgbLong = 1;
    p->head.LookupTable[i].RgbLong = 2;
    return p->more[0].RgbLong;
}

__attribute__((noinline)) static ULONG before(PALETTE *p, ULONG i)
{
    (&p->head)->LookupTable[i].RgbLong = 2;
    p->more[0].RgbLong = 1;
    return (*p).head.LookupTable[i].RgbLong;
}

__attribute__((noinline)) static ULONG by_pointer(PALETTE *p, ULONG i)
{
    CLUTDATA *data = &p->head.LookupTable[i + 1];

    p->more[1].RgbLong = 1;
    data->Rgb.Red = 7;
    return p->more[1].Rgb.Red;
}

__attribute__((noinline)) static ULONG nested(PALETTE *p, ULONG i)
{
    p->more[2].RgbLong = 4;
    if (p->head.LookupTable[i + 2].RgbLong == 4)
        p->head.LookupTable[p->head.LookupTable[i + 2].RgbLong].RgbLong += 5;
    return p->more[3].RgbLong;
}

typedef struct { struct { ULONG Count, Items[]; } head; ULONG more[4]; } LIST;

__attribute__((noinline)) static ULONG without_size(LIST *list, ULONG i)
{
    list->more[0] = 1;
    list->head.Items[i - 1] = 2;
    return list->more[0];
}

static ULONG Offsets[] = {
    (ULONG)__builtin_offsetof(PALETTE, head.LookupTable[2]),
    (ULONG)(__SIZE_TYPE__)&((PCLUT)0)->LookupTable[4],
    sizeof(((PALETTE *)0)->head.LookupTable[1]),
};
static PALETTE global = { .head.LookupTable[0].RgbLong = 3, .more[1].Rgb.Blue = 4 };
static CLUTDATA *first = &global.head.LookupTable[1];

int main(void)
{
    static PALETTE palette;
    static LIST list;
    volatile ULONG one = 1;

    fill();
    CHECK(behind(&palette, one) == 2);
    CHECK(before(&palette, one) == 1);
    CHECK(by_pointer(&palette, one) == 7);
    CHECK(without_size(&list, one) == 2);
    palette.more[3].RgbLong = 1;
    CHECK(nested(&palette, one) == 6);
    CHECK(Offsets[0] == 12 && Offsets[1] == 20 && Offsets[2] == 4);
    CHECK(first == &global.more[0] && global.head.LookupTable[0].RgbLong == 3);
    return failed;
}
