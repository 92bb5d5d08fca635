// SPDX-License-Identifier: GPL-2.0-only
/* What gcc and clang refuse, and Microsoft's compiler takes: with the values it gives. */
int printf(const char *, ...);
void *memset(void *, int, __SIZE_TYPE__);

typedef unsigned int ULONG, *PULONG;
typedef unsigned short USHORT, *PUSHORT;
typedef unsigned char UCHAR, *PUCHAR;
typedef void *PVOID;

struct cursor { PVOID At; PVOID Ends[2]; struct cursor *Next; } cursor;
static UCHAR bytes[64];
static int failed;

#define CHECK(condition) \
    do if (!(condition)) printf("line %d: %s\n", __LINE__, #condition), failed = 1; while (0)

static int later(int n);
int hidden(int n);
extern int Variable;

static void increments(struct cursor *p)
{
    PVOID Buffer = bytes;

    ((PUCHAR)Buffer)++;
    CHECK(Buffer == bytes + 1);
    ++((PULONG)Buffer);
    CHECK(Buffer == bytes + 5);
    --(PUSHORT)Buffer;
    CHECK(Buffer == bytes + 3);
    p->At = bytes;
    *((PULONG)p->At)++ = 0x04030201;
    CHECK(p->At == bytes + 4 && bytes[0] == 1 && bytes[3] == 4);
    *((PUCHAR)p->At)++ = 9;
    CHECK(p->At == bytes + 5 && bytes[4] == 9);
    if (p->At) --(PUCHAR)p->At; else ++(PUCHAR)p->At;
    CHECK(p->At == bytes + 4);
    ((PUCHAR)((PUSHORT)p->At))++;
    CHECK(p->At == bytes + 5);
}

static void assignments(struct cursor *p)
{
    PVOID ends[2] = { bytes, bytes }, *q = ends;
    int n = 1;

    p->Next = p;
    (PUSHORT)p->Next->Ends[n] = (PUSHORT)bytes;
    (PUSHORT)p->Ends[n] += 2;
    CHECK(p->Ends[1] == bytes + 4);
    if (n) (PULONG)p->Ends[1] += 1; else (PUCHAR)p->Ends[1] += 7;
    CHECK(p->Ends[1] == bytes + 8);
    p->At = (PUCHAR)p->Ends[1] -= 3;
    CHECK(p->At == bytes + 5);
    for (n = 0; n < 2; (PUCHAR)ends[0] += 1, n++)
        (PUCHAR)*q++ += 10;
    CHECK(ends[0] == bytes + 12 && ends[1] == bytes + 10 && q == ends + 2);
    (ULONG)n |= 0x80000000;
    CHECK(n < 0);
}

static void in_register(register PVOID At)
{
    register int n = 3;

    while (n--)
        ((PUCHAR)At)++;
    CHECK(At == bytes + 3);
}

static int hidden(int n)
{
    return later(n) + implied(n);
}

static int later(int n)
{
    return n + Variable;
}

static int Variable = 5;

static int implied(int n)
{
    return n * 2;
}

union any { ULONG Header; UCHAR Bytes[]; };

int main(void)
{
    const char name[] = "in " __FUNCTION__ ".";

    increments(&cursor);
    assignments(&cursor);
    in_register(bytes);
    CHECK(hidden(3) == 14 && sizeof(union any) == 4);
    CHECK(sizeof(name) == 9 && name[3] == 'm' && name[7] == '.');
    CHECK(10i64 == 10 && sizeof(10i64) == 8 && sizeof(enum { A, B = 0xffffffff }) == 4 && B < A);
    return failed;
}
