// SPDX-License-Identifier: GPL-2.0-only
/// Texts are written within bounds, and no message shows where the kernel's memory is.
virtual report

@unbounded@
identifier call =~ "^(strcpy|strcat|sprintf|vsprintf|strncpy|simple_strtou?ll?)$";
position p;
@@
call@p(...)

@length@
expression e;
identifier call =~ "^v?snprintf$";
position p;
@@
(
e += call@p(...)
|
e = e + call@p(...)
)

@address@
identifier call =~ "^(printk|pr_[a-z_]*|dev_[a-z_]*|seq_printf|s[cn]+printf|vpmem_(warn|note|say)[a-z_]*)$";
expression list before;
format list formats;
position p;
@@
call@p(before, "...%@formats@...", ...)

@script:python depends on report@
p << unbounded.p;
call << unbounded.call;
@@
# Leave out crt, the C library of ports, which has such functions.
if not p[0].file.startswith("crt/"):
    coccilib.report.print_report(p[0], "%s() knows no bounds: use strscpy(), scnprintf() or kstrtoul()" % call)

@script:python depends on report@
p << length.p;
@@
coccilib.report.print_report(p[0], "snprintf() returns more than it has written: use scnprintf()")

@script:python depends on report@
p << address.p;
formats << address.formats;
@@
if "px" in str(formats):
    coccilib.report.print_report(p[0], "%px shows an address to all who read the log: use %p")
