// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parsers of the views, of the log and of files.
 */
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/kmsg_dump.h>
#include <linux/math64.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/file.h"
#include "kunit/lib/helpers.h"

/* The text of a view, until the next one is read. */
const char *vt_view(struct kunit *test, void *ext, const char *name)
{
	struct vt_fixture *fx = test->priv;
	int length;

	for (;;) {
		length = vpmem_view(ext, name, fx->text, fx->room);
		if (length != -ENOSPC)
			break;
		vfree(fx->text);
		fx->room *= 4;
		fx->text = vmalloc(fx->room);
		KUNIT_ASSERT_NOT_NULL(test, fx->text);
	}
	KUNIT_EXPECT_GT_MSG(test, length, 0, "view %s", name);
	if (length < 0)
		fx->text[0] = '\0';
	return fx->text;
}

bool vt_parse_row(const char *line, struct vt_row *row)
{
	memset(row, 0, sizeof(*row));
	return sscanf(line, "%23s %11s %llu %llu %llu %llu %llu %11s %llu %llu %15s %llu %47s",
		      row->tag, row->kind, &row->allocs, &row->frees, &row->diff,
		      &row->bytes, &row->per_alloc, row->hex, &row->charged,
		      &row->failures, row->reason, &row->peak, row->adapter) == 13;
}

/* The row of a tag as it is shown and a kind; all zero if there is none. */
bool vt_find_row(struct kunit *test, void *ext, const char *tag, const char *kind,
		 struct vt_row *row)
{
	const char *line = vt_next_line(vt_view(test, ext, "tags"));

	for (; *line; line = vt_next_line(line))
		if (vt_parse_row(line, row) && !strcmp(row->tag, tag) &&
		    !strcmp(row->kind, kind))
			return true;
	memset(row, 0, sizeof(*row));
	strscpy(row->reason, "-", sizeof(row->reason));
	return false;
}

/* Start of a range, which may be a dash */
static u64 first_number(const char *text)
{
	u64 number;

	return sscanf(text, "0x%llx", &number) == 1 ? number : 0;
}

static bool parse_region(const char *line, struct vt_region *region)
{
	char bus[48], physical[48], limit[24];

	region->line = line;
	if (sscanf(line, "%11s %23s %11s %llu %llu %lx %47s %47s %23s %11s %7s %llu %47s",
		   region->kind, region->tag, region->hex, &region->size,
		   &region->charged, &region->address, bus, physical, limit,
		   region->means, region->verify, &region->age, region->adapter) != 13)
		return false;
	region->bus = first_number(bus);
	region->physical = first_number(physical);
	region->limit = first_number(limit);
	return true;
}

/* The hash that the kernel prints for an address; a port is no address. */
static unsigned long shown_address(const void *block, bool port)
{
	unsigned long number = (unsigned long)block;
	char text[2 * sizeof(block) + 3];

	snprintf(text, sizeof(text), "%p", block);
	return port || kstrtoul(text, 16, &number) ? (unsigned long)block : number;
}

bool vt_find_region(struct kunit *test, void *ext, const void *block,
		    struct vt_region *region)
{
	const char *line = vt_next_line(vt_view(test, ext, "regions"));

	for (; *line; line = vt_next_line(line))
		if (parse_region(line, region) &&
		    region->address == shown_address(block, !strcmp(region->means, "port")))
			return true;
	return false;
}

/* Count the regions. @sum receives a checksum of their addresses. */
unsigned int vt_count_regions(struct kunit *test, void *ext, unsigned long *sum)
{
	const char *line = vt_next_line(vt_view(test, ext, "regions"));
	struct vt_region region;
	unsigned int count = 0;

	for (; *line; line = vt_next_line(line)) {
		if (!parse_region(line, &region))
			continue;
		count++;
		if (sum)
			*sum += region.address ^ region.size;
	}
	return count;
}

void vt_expect_failures(struct kunit *test, const char *tag, const char *kind,
			unsigned int failures, const char *reason)
{
	struct vt_row row;

	vt_find_row(test, vt_ext(test), tag, kind, &row);
	KUNIT_EXPECT_EQ(test, row.failures, (u64)failures);
	KUNIT_EXPECT_STREQ(test, row.reason, reason);
}

void vt_expect_live(struct kunit *test, const char *tag, const char *kind,
		    u64 blocks, u64 bytes)
{
	struct vt_row row;

	vt_find_row(test, vt_ext(test), tag, kind, &row);
	KUNIT_EXPECT_EQ(test, row.diff, blocks);
	KUNIT_EXPECT_EQ(test, row.allocs - row.frees, blocks);
	KUNIT_EXPECT_EQ(test, row.bytes, bytes);
	KUNIT_EXPECT_EQ(test, row.per_alloc, blocks ? div64_u64(bytes, blocks) : 0);
	if (!blocks)
		KUNIT_EXPECT_EQ(test, row.charged, 0ULL);
	else
		KUNIT_EXPECT_GE(test, row.charged, bytes);
}

void vt_read_events(struct kunit *test, void *ext, struct vt_events *events)
{
	const char *line = vt_next_line(vt_view(test, ext, "events"));
	unsigned int i = 0;

	for (; *line && i < VT_EVENTS; line = vt_next_line(line))
		if (sscanf(line, "%19s %lu", events->name[i], &events->count[i]) == 2)
			i++;
	events->nr = i;
}

unsigned long vt_event(struct kunit *test, void *ext, const char *name)
{
	struct vt_fixture *fx = test->priv;
	unsigned int i;

	vt_read_events(test, ext, &fx->now);
	for (i = 0; i < fx->now.nr; i++)
		if (!strcmp(fx->now.name[i], name))
			return fx->now.count[i];
	KUNIT_FAIL(test, "there is no event %s", name);
	return 0;
}

/*
 * The log
 */

u64 vt_log_mark(void)
{
	struct kmsg_dump_iter iter;

	kmsg_dump_rewind(&iter);
	return iter.next_seq;
}

/* Wait until messages are printed again: of a kind, ten in five seconds are. */
void vt_log_wait(void)
{
	msleep(5100);
}

/* Lines after @mark that have both texts in them. */
unsigned int vt_log_count(u64 mark, const char *first, const char *second)
{
	struct kmsg_dump_iter iter;
	unsigned int count = 0;
	char line[512];
	size_t length;

	kmsg_dump_rewind(&iter);
	iter.cur_seq = mark;
	while (kmsg_dump_get_line(&iter, false, line, sizeof(line) - 1, &length)) {
		line[length] = '\0';
		if (strstr(line, first) && strstr(line, second))
			count++;
	}
	return count;
}

/*
 * Files
 */

bool vt_file_read(const char *path, char *text, size_t size)
{
	struct file *file = vt_file_open(path, O_RDONLY);
	ssize_t length;
	loff_t pos = 0;

	if (IS_ERR(file))
		return false;
	length = kernel_read(file, text, size - 1, &pos);
	filp_close(file, NULL);
	if (length < 0)
		return false;
	text[length] = '\0';
	return true;
}

/* The permissions of a file; none if it is not there. */
umode_t vt_file_mode(const char *path)
{
	struct file *file = vt_file_open(path, O_RDONLY);
	umode_t mode;

	if (IS_ERR(file))
		return 0;
	mode = file_inode(file)->i_mode & 0777;
	filp_close(file, NULL);
	return mode;
}

bool vt_file_write(const char *path, const char *text)
{
	struct file *file = vt_file_open(path, O_WRONLY);
	ssize_t length;
	loff_t pos = 0;

	if (IS_ERR(file))
		return false;
	length = kernel_write(file, text, strlen(text), &pos);
	filp_close(file, NULL);
	return length == strlen(text);
}
