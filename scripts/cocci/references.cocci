// SPDX-License-Identifier: GPL-2.0-only
/// References are refcount_t, which saturates: a count that wraps frees what is in use.
virtual report

@counted@
identifier call =~ "^atomic(64|_long)?_(inc_not_zero|inc_not_zero_hint|add_unless|dec_if_positive|dec_and_test|sub_and_test)$";
expression list arguments;
expression object;
position p;
@@
(
// State of a semaphore of Windows, whose limit its driver has chosen
call(state_of(object))
|
call@p(arguments)
)

@plain@
identifier count =~ "^(users?|references?|refs?|ref_?count|refcnt|holders)$";
expression object;
position p;
@@
(
object->count@p++
|
 ++object->count@p
|
object->count@p--
|
 --object->count@p
|
object.count@p++
|
 ++object.count@p
|
object.count@p--
|
 --object.count@p
)

@script:python depends on report@
p << counted.p;
call << counted.call;
@@
coccilib.report.print_report(p[0], "%s() counts references: use refcount_t" % call)

@script:python depends on report@
p << plain.p;
@@
coccilib.report.print_report(p[0], "references in a plain number: use refcount_t")
