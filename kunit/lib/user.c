// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory of a process, for buffers that are its own.
 */
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/uaccess.h>

#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/packet.h"

static unsigned long map_in_borrowed_mm(struct kunit *test, unsigned long at, unsigned long size,
					int protection, int flags)
{
	struct mm_struct *mm = vt_borrow_mm(test);
	unsigned long base;

	base = vm_mmap(NULL, at, size, protection, MAP_PRIVATE | MAP_ANONYMOUS | flags, 0);
	vt_return_mm(mm);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(base));
	return base;
}

unsigned long vt_user_map(struct kunit *test, unsigned long size, int protection)
{
	return map_in_borrowed_mm(test, 0, size, protection, 0);
}

/* Map memory for the process at an address of the kernel. */
unsigned long vt_user_map_at(struct kunit *test, const void *at, unsigned long size)
{
	return map_in_borrowed_mm(test, (unsigned long)at, size, PROT_READ, MAP_FIXED);
}

void vt_user_unmap(struct kunit *test, unsigned long base, unsigned long size)
{
	struct mm_struct *mm = vt_borrow_mm(test);

	vm_munmap(base, size);
	vt_return_mm(mm);
}

void *vt_user_lock(struct kunit *test, unsigned long base, ULONG length,
		   VP_LOCK_OPERATION operation)
{
	struct mm_struct *mm = vt_borrow_mm(test);
	void *mdl;

	mdl = VideoPortLockBuffer(vt_ext(test), (void *)base, length, operation);
	vt_return_mm(mm);
	return mdl;
}

unsigned long vt_user_put(struct kunit *test, unsigned long base, const void *from,
			  size_t size)
{
	struct mm_struct *mm = vt_borrow_mm(test);
	unsigned long left;

	left = copy_to_user((void __user *)base, from, size);
	vt_return_mm(mm);
	return left;
}

unsigned long vt_user_get(struct kunit *test, unsigned long base, void *to,
			  size_t size)
{
	struct mm_struct *mm = vt_borrow_mm(test);
	unsigned long left;

	left = copy_from_user(to, (void __user *)base, size);
	vt_return_mm(mm);
	return left;
}

struct page *vt_user_page(struct kunit *test, unsigned long base)
{
	struct mm_struct *mm = vt_borrow_mm(test);
	struct page *page = NULL;

	if (get_user_pages_fast(base, 1, FOLL_WRITE, &page) != 1)
		page = NULL;
	vt_return_mm(mm);
	return page;
}
