// SPDX-License-Identifier: GPL-2.0-only
/* Flags of an area are changed by functions only, since 6.3. */
#include <linux/mm.h>

void probe(struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_IO);
	vm_flags_clear(vma, VM_MAYWRITE);
}
