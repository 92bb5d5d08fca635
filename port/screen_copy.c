// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copies between memory of the kernel and the frame buffer of a miniport.
 *
 * A mapping of a device is referenced meanwhile, because the miniport may undo it. Memory
 * without a reference may be freed at any time, and is copied with nofault accesses.
 */
#include <linux/io.h>
#include <linux/kernel.h>

#include "core/adapter.h"
#include "core/compat.h"
#include "core/devlock.h"
#include "core/nofault.h"
#include "map/map.h"
#include "mem/regions.h"
#include "port/port.h"

/* Return how many of @bytes exist from @pos on. */
static size_t screen_part(u64 length, loff_t pos, size_t bytes)
{
	return pos < length ? min_t(u64, bytes, length - pos) : 0;
}

/*
 * Copy between memory and a device, forwards, in accesses of 64 bits where the machine has
 * them: memcpy_toio() makes twice as many on x86. A frame buffer is memory, which accepts
 * accesses of any width, other than registers.
 */
#ifdef CONFIG_X86_64

static void screen_string_copy(void *to, const void *from, size_t head, size_t bytes)
{
	size_t words = (bytes - head) / sizeof(u64), tail = (bytes - head) % sizeof(u64);

	asm volatile("rep movsb\n\t"
		     "mov %[words], %%rcx\n\t"
		     "rep movsq\n\t"
		     "mov %[tail], %%rcx\n\t"
		     "rep movsb"
		     : "+&D" (to), "+&S" (from), "+&c" (head)
		     : [words] "r" (words), [tail] "r" (tail)
		     : "memory");
}

#else

static void screen_string_copy(void *to, const void *from, size_t head, size_t bytes)
{
}

#endif

static void device_copy(void __iomem *at, const struct kvec *piece, size_t bytes, bool write)
{
	void *memory = piece->iov_base, *device = (void __force *)at;
	size_t head = min_t(size_t, bytes, -(unsigned long)device % sizeof(u64));

	if (IS_ENABLED(CONFIG_X86_64) && vpmem_string_io())
		screen_string_copy(write ? device : memory, write ? memory : device, head, bytes);
	else if (write)
		memcpy_toio(at, memory, bytes);
	else
		memcpy_fromio(memory, at, bytes);
}

/* Copy memory. Without a reference, the block may be gone: then use nofault accesses. */
static size_t memory_copy(const struct vpmem_screen *screen, void *at,
			  const struct kvec *piece, size_t bytes, bool write)
{
	if (!screen->memory)
		return write ? vpmem_copy_to_unknown(at, piece->iov_base, bytes) :
			       vpmem_copy_from_unknown(piece->iov_base, at, bytes);
	if (write)
		memcpy(at, piece->iov_base, bytes);
	else
		memcpy(piece->iov_base, at, bytes);
	return bytes;
}

static size_t piece_copy(const struct vpmem_screen *screen, void *at,
			 const struct kvec *piece, size_t bytes, bool write)
{
	if (!screen->on_device)
		return memory_copy(screen, at, piece, bytes, write);
	device_copy((void __iomem __force *)at, piece, bytes, write);
	return bytes;
}

static ssize_t pieces_copy(const struct vpmem_screen *screen, u64 length,
			   const struct vpmem_pieces *pieces, loff_t pos)
{
	size_t bytes, copied, done = 0;
	unsigned int i;

	for (i = 0; i < pieces->count; i++) {
		bytes = screen_part(length, pos + done, pieces->piece[i].iov_len);
		copied = piece_copy(screen, screen->base + pos + done, &pieces->piece[i],
				    bytes, pieces->write);
		done += copied;
		if (bytes && !done)
			return -EIO;
		if (copied < pieces->piece[i].iov_len)
			break;
	}
	return done;
}

/*
 * Get a reference to the mapping of a device, which the miniport may undo. Return how many
 * bytes of frame buffer there are. The caller puts @mapped, unless it is NULL.
 */
static u64 screen_get(struct vpmem_port *port, struct vpmem_region **mapped)
{
	const struct vpmem_screen *screen = &port->screen;
	struct vpmem_mapping mapping;

	*mapped = NULL;
	if (!screen->on_device)
		return screen->length;
	*mapped = vpmem_map_get(port->adapter, screen->base, &mapping);
	return *mapped ? min(mapping.length, screen->length) : 0;
}

static void screen_put(struct vpmem_region *mapped)
{
	if (mapped)
		vpmem_region_put(mapped);
}

/* Return the number of bytes copied, or -EIO if the memory is gone. */
ssize_t vpmem_screen_copy(struct vpmem_port *port, const struct vpmem_pieces *pieces,
			  loff_t pos)
{
	struct vpmem_region *mapped;
	ssize_t copied;
	u64 length;

	vpmem_device_lock(port->adapter);
	length = screen_get(port, &mapped);
	copied = pieces_copy(&port->screen, length, pieces, pos);
	screen_put(mapped);
	vpmem_device_unlock(port->adapter);
	return copied;
}

static bool lines_copy(const struct vpmem_screen *screen, u64 length,
		       const struct vpmem_lines *lines)
{
	struct kvec piece = { .iov_len = lines->bytes };
	u64 pos = lines->pos;
	unsigned int nr;

	for (nr = 0; nr < lines->count; nr++, pos += lines->stride) {
		if (screen_part(length, pos, lines->bytes) < lines->bytes)
			return false;
		piece.iov_base = (void *)lines->line(lines, nr);
		if (piece_copy(screen, screen->base + pos, &piece, lines->bytes, true) <
		    lines->bytes)
			return false;
		cond_resched();
	}
	return true;
}

/* Copy a rectangle to the frame buffer. Return 0, or -EIO if the memory is gone. */
int vpmem_screen_draw(struct vpmem_port *port, const struct vpmem_lines *lines)
{
	struct vpmem_region *mapped;
	bool copied;
	u64 length;

	vpmem_device_lock(port->adapter);
	length = screen_get(port, &mapped);
	copied = lines_copy(&port->screen, length, lines);
	screen_put(mapped);
	vpmem_device_unlock(port->adapter);
	return copied ? 0 : -EIO;
}
