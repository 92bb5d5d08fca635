// SPDX-License-Identifier: GPL-2.0-only
/* Valid C in which patterns once saw a cast that is assigned to. */
int printf(const char *, ...);

typedef unsigned int ULONG;
typedef unsigned short USHORT;
typedef unsigned char UCHAR;

struct { USHORT s; } v;
struct holder { UCHAR b[4]; } holder, *a = &holder;

static int first(int n)
{
    if ((ULONG)v.s) ++n;
    return n;
}

static int second(int x, int n)
{
    while ((UCHAR)x) --n, x--;
    return n;
}

static int third(int i, int d)
{
    if ((ULONG)a->b[i]) --d;
    return d;
}

static int fourth(int x, int n)
{
    do --n; while ((UCHAR)x--);
    for (; (UCHAR)x == 254; x--) ++n;
    return x ? (ULONG)n : (UCHAR)x - --n;
}

int main(void)
{
    a->b[2] = 1;
    printf("%d %d %d %d %d\n", first(1), second(259, 9), third(1, 5), third(2, 5), fourth(2, 9));
    v.s = 256;
    printf("%d %s\n", first(1), "((UCHAR *)p)++, ) __FUNCTION__ 10L");
    return 0;
}
