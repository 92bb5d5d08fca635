// SPDX-License-Identifier: GPL-2.0-only
/// Memory that a process asks for is charged to its control group, and memory that a driver asks
/// for does not bring the OOM killer: each allocation says which of both it is.
virtual report

@unsaid@
identifier alloc =~ "^(k[vmz]?[mz]?alloc|k[vm]?calloc|kvcalloc|kv?malloc_array|kstrdup|kmemdup|kasprintf|alloc_pages?|__get_free_pages?|get_zeroed_page)$";
expression list before;
position p;
@@
(
alloc@p(before, GFP_KERNEL)
|
alloc@p(GFP_KERNEL, ...)
)

@script:python depends on report@
p << unsaid.p;
@@
coccilib.report.print_report(p[0], "GFP_KERNEL: use VPMEM_GFP_PASSIVE for a driver, GFP_KERNEL_ACCOUNT for a process")
