// SPDX-License-Identifier: GPL-2.0-only
/// What goes to a process is initialised whole.
virtual report

@initialised@
type T;
identifier x;
initializer value;
position d;
@@
T x@d = value;

@leak@
type T;
identifier x;
expression to;
position d != initialised.d;
position p;
@@
T x@d;
... when != x = ...
    when != memset(&x, ...)
    when != memset_after(&x, ...)
    when != copy_from_user(&x, ...)
(
copy_to_user@p(to, &x, sizeof(x))
|
copy_to_iter@p(&x, sizeof(x), to)
|
copy_to_user@p(to, &x, sizeof(T))
)

@pass@
expression from, to, n;
position p;
@@
__copy_to_user@p(to, from, n)

@script:python depends on report@
p << leak.p;
@@
coccilib.report.print_report(p[0], "bytes of the stack go to the process: initialise all of it")

@script:python depends on report@
p << pass.p;
@@
coccilib.report.print_report(p[0], "an address of a process is not checked: use copy_to_user()")
