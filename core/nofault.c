// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copies to and from an address that a driver has passed and that may be invalid. Only
 * pages of RAM are accessed, never device registers, and a fault ends the copy.
 */
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "core/nofault.h"
#include "core/physical.h"

#define WORD sizeof(unsigned long)

/* Copy within one page. */
static size_t read_page(u8 *to, const u8 *from, size_t bytes)
{
	unsigned long word;
	size_t done = 0;

	pagefault_disable();
	while (done < bytes && !IS_ALIGNED((unsigned long)(from + done), WORD)) {
		__get_kernel_nofault(to + done, from + done, u8, fault);
		done++;
	}
	for (; done + WORD <= bytes; done += WORD) {
		__get_kernel_nofault(&word, (const unsigned long *)(from + done),
				     unsigned long, fault);
		memcpy(to + done, &word, WORD);
	}
	for (; done < bytes; done++)
		__get_kernel_nofault(to + done, from + done, u8, fault);
fault:
	pagefault_enable();
	return done;
}

static size_t write_page(u8 *to, const u8 *from, size_t bytes)
{
	unsigned long word;
	size_t done = 0;

	pagefault_disable();
	while (done < bytes && !IS_ALIGNED((unsigned long)(to + done), WORD)) {
		__put_kernel_nofault(to + done, from + done, u8, fault);
		done++;
	}
	for (; done + WORD <= bytes; done += WORD) {
		memcpy(&word, from + done, WORD);
		__put_kernel_nofault((unsigned long *)(to + done), &word, unsigned long,
				     fault);
	}
	for (; done < bytes; done++)
		__put_kernel_nofault(to + done, from + done, u8, fault);
fault:
	pagefault_enable();
	return done;
}

static size_t part_in_page(const void *address, size_t bytes)
{
	return min_t(size_t, bytes, PAGE_SIZE - offset_in_page(address));
}

/* Return how many bytes could be read. Works in any context. */
size_t vpmem_copy_from_unknown(void *to, const void *from, size_t bytes)
{
	size_t part, copied, done = 0;

	while (done < bytes && vpmem_kernel_page(from + done)) {
		part = part_in_page(from + done, bytes - done);
		copied = read_page(to + done, from + done, part);
		done += copied;
		if (copied < part)
			break;
	}
	return done;
}

/* Return how many bytes could be written. */
size_t vpmem_copy_to_unknown(void *to, const void *from, size_t bytes)
{
	size_t part, copied, done = 0;

	while (done < bytes && vpmem_kernel_page(to + done)) {
		part = part_in_page(to + done, bytes - done);
		copied = write_page(to + done, from + done, part);
		done += copied;
		if (copied < part)
			break;
	}
	return done;
}
