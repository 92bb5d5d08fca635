// SPDX-License-Identifier: GPL-2.0-only
/// Size arithmetic of allocations is done by the helpers that see an overflow, except of constants.
virtual report

@product@
constant number, other;
expression count, each, thing;
type T;
identifier alloc =~ "^(vpmem_)?(k[vmz]?[mz]?alloc|vmalloc|vzalloc|kvmalloc|kvzalloc)$";
position p;
@@
(
alloc(number * other, ...)
|
alloc(number * sizeof(thing), ...)
|
alloc(number * sizeof(T), ...)
|
alloc@p(count * each, ...)
)

@sum@
expression count, a, b, each;
identifier alloc =~ "^(vpmem_)?(k[vmz]?[mz]?alloc|vmalloc|vzalloc|kvmalloc|kvzalloc)$";
position p;
@@
(
alloc@p(a + count * each, ...)
|
alloc@p(count * each + b, ...)
)

@head@
expression thing, other, n;
type T, U;
identifier alloc =~ "^(vpmem_)?(k[vmz]?[mz]?alloc|vmalloc|vzalloc|kvmalloc|kvzalloc)$";
position p;
@@
(
alloc(sizeof(thing) + sizeof(other), ...)
|
alloc(sizeof(T) + sizeof(U), ...)
|
alloc(sizeof(thing) + sizeof(U), ...)
|
alloc@p(sizeof(thing) + n, ...)
|
alloc@p(sizeof(T) + n, ...)
)

@early@
identifier size;
expression count, thing;
type T, S;
identifier alloc =~ "^(vpmem_)?(k[vmz]?[mz]?alloc|vmalloc|vzalloc|kvmalloc|kvzalloc)$";
position p;
@@
(
T size@p = count * sizeof(thing);
|
T size@p = count * sizeof(S);
|
size@p = count * sizeof(thing);
|
size@p = count * sizeof(S);
)
... when != size = ...
alloc(size, ...)

@script:python depends on report@
p << early.p;
@@
coccilib.report.print_report(p[0], "a product that becomes a size: use array_size()")

@script:python depends on report@
p << head.p;
@@
coccilib.report.print_report(p[0], "a structure and what follows it: use struct_size()")

@script:python depends on report@
p << product.p;
@@
coccilib.report.print_report(p[0], "a product as a size: use array_size() or kcalloc()")

@script:python depends on report@
p << sum.p;
@@
coccilib.report.print_report(p[0], "a sum of products as a size: use struct_size() or size_add()")
