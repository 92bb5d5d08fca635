// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads and writes of the file "framebuffer".
 *
 * Some pages of the process at a time are pinned, and copied to the frame buffer or from
 * it, so that no byte is copied twice. Memory that cannot be pinned, such as a frame
 * buffer that the process has mapped, is copied through a page of the kernel. No lock is
 * held while memory of the process is accessed by its address, which may wait for long.
 */
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>

#include "port/port.h"

#define PAGES_AT_ONCE	ARRAY_SIZE(((struct vpmem_pieces *)NULL)->piece)

/* Part of the memory of a process, and its pages */
struct user_part {
	unsigned long address;
	size_t bytes;
	struct page *pages[PAGES_AT_ONCE];
	struct vpmem_pieces pieces;
};

/* Keep the caches of the page's addresses coherent; most architectures do it themselves. */
static void part_flush(const struct user_part *part)
{
	unsigned int i;

	for (i = 0; i < part->pieces.count; i++)
		flush_dcache_page(part->pages[i]);
}

/*
 * Pin pages. Return false if there are none that the kernel has mapped. KMSAN checks only what is
 * copied to the process by its address.
 */
static bool part_pin(struct user_part *part)
{
	size_t offset = offset_in_page(part->address), left = part->bytes;
	struct vpmem_pieces *pieces = &part->pieces;
	int i, pinned;

	if (IS_ENABLED(CONFIG_HIGHMEM) || IS_ENABLED(CONFIG_KMSAN))
		return false;
	pinned = pin_user_pages_fast(part->address, PFN_UP(offset + left),
				     pieces->write ? 0 : FOLL_WRITE, part->pages);
	for (i = 0; i < pinned; i++) {
		pieces->piece[i].iov_base = page_address(part->pages[i]) + offset;
		pieces->piece[i].iov_len = min_t(size_t, left, PAGE_SIZE - offset);
		left -= pieces->piece[i].iov_len;
		offset = 0;
	}
	pieces->count = max(pinned, 0);
	return pieces->count;
}

static void part_unpin(struct user_part *part)
{
	if (part->pieces.write)
		unpin_user_pages(part->pages, part->pieces.count);
	else
		unpin_user_pages_dirty_lock(part->pages, part->pieces.count, true);
}

static ssize_t part_copy_pinned(struct vpmem_port *port, struct user_part *part, loff_t pos)
{
	ssize_t bytes;

	part_flush(part);
	bytes = vpmem_screen_copy(port, &part->pieces, pos);
	part_flush(part);
	part_unpin(part);
	return bytes;
}

/* Copy through the piece of kernel memory that the part has. */
static ssize_t part_copy_through(struct vpmem_port *port, const struct user_part *part,
				 struct kvec *piece, loff_t pos)
{
	void __user *memory = (void __user *)part->address;
	ssize_t bytes;

	if (part->pieces.write) {
		piece->iov_len -= copy_from_user(piece->iov_base, memory, piece->iov_len);
		return piece->iov_len ? vpmem_screen_copy(port, &part->pieces, pos) :
					-EFAULT;
	}
	bytes = vpmem_screen_copy(port, &part->pieces, pos);
	if (bytes <= 0)
		return bytes;
	return bytes - copy_to_user(memory, piece->iov_base, bytes) ?: -EFAULT;
}

static ssize_t part_copy_unpinned(struct vpmem_port *port, struct user_part *part,
				  loff_t pos)
{
	struct kvec *piece = &part->pieces.piece[0];
	ssize_t bytes;

	piece->iov_base = (void *)__get_free_page(GFP_KERNEL_ACCOUNT);
	if (!piece->iov_base)
		return -ENOMEM;
	piece->iov_len = min_t(size_t, part->bytes, PAGE_SIZE);
	part->pieces.count = 1;
	bytes = part_copy_through(port, part, piece, pos);
	free_page((unsigned long)piece->iov_base);
	return bytes;
}

/* Copy some of the bytes. Return how many, 0 at the end of the frame buffer, or -errno. */
static ssize_t part_copy(struct vpmem_port *port, unsigned long address, size_t count,
			 loff_t pos, bool write)
{
	struct user_part part;

	part.address = address;
	part.bytes = min_t(size_t, count, PAGES_AT_ONCE * PAGE_SIZE - offset_in_page(address));
	part.pieces.write = write;
	return part_pin(&part) ? part_copy_pinned(port, &part, pos) :
				 part_copy_unpinned(port, &part, pos);
}

/* Copy all parts, up to a fault, the end of the frame buffer, or a fatal signal. */
static ssize_t parts_copy(struct vpmem_port *port, unsigned long address, size_t count,
			  loff_t *pos, bool write)
{
	size_t done = 0;
	ssize_t bytes;

	while (done < count) {
		bytes = part_copy(port, address + done, count - done, *pos, write);
		if (bytes <= 0)
			return done ?: bytes;
		done += bytes;
		*pos += bytes;
		if (fatal_signal_pending(current))
			break;
		cond_resched();
	}
	return done;
}

ssize_t vpmem_screen_read(struct vpmem_port *port, char __user *to, size_t count,
			  loff_t *pos)
{
	return parts_copy(port, (unsigned long)to, count, pos, false);
}

ssize_t vpmem_screen_write(struct vpmem_port *port, const char __user *from, size_t count,
			   loff_t *pos)
{
	ssize_t bytes = parts_copy(port, (unsigned long)from, count, pos, true);

	return bytes || !count ? bytes : -ENOSPC;
}
