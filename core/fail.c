// SPDX-License-Identifier: GPL-2.0-only
/*
 * Failures on demand, for tests of drivers: vpmem/fail in debugfs chooses a tag, a kind or both,
 * and vpmem/fail_alloc/ has the attributes of the kernel's fault injection, which say how often
 * an allocation of these fails.
 */
#include <linux/debugfs.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fault-inject.h>
#include <linux/kernel.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "core/compat.h"
#include "core/fail.h"
#include "core/tags.h"
#include "core/testing.h"

#define ANY_KIND	VPMEM_KINDS
#define WORD		16		/* of a text that chooses, with its NUL */

DEFINE_STATIC_KEY_FALSE(vpmem_failing);

static struct fault_attr attributes = FAULT_ATTR_INITIALIZER;
static struct {
	bool any_tag;
	u32 tag;
	unsigned int kind;
} chosen;

bool vpmem_fail_chosen(const struct vpmem_slot *slot, size_t size)
{
	if (!READ_ONCE(chosen.any_tag) && READ_ONCE(chosen.tag) != slot->tag)
		return false;
	if (READ_ONCE(chosen.kind) != ANY_KIND && READ_ONCE(chosen.kind) != slot->kind)
		return false;
	return should_fail(&attributes, size);
}

/* Parse a tag as the tags view shows it: four characters, or its number. */
static int parse_tag(const char *text, u32 *tag)
{
	char shown[4] = "    ";

	if (!strncmp(text, "0x", 2))
		return kstrtou32(text, 16, tag);
	if (strlen(text) > sizeof(shown))
		return -EINVAL;
	memcpy(shown, text, strlen(text));
	*tag = (u8)shown[0] | (u8)shown[1] << 8 | (u8)shown[2] << 16 | (u32)(u8)shown[3] << 24;
	return 0;
}

static int parse_kind(const char *text, unsigned int *kind)
{
	if (!strcmp(text, "*")) {
		*kind = ANY_KIND;
		return 0;
	}
	for (*kind = 0; *kind < VPMEM_KINDS; ++*kind)
		if (!strcmp(text, vpmem_kind_name(*kind)))
			return 0;
	return -EINVAL;
}

/*
 * Choose allocations by "TAG [KIND]", either of which may be an asterisk. Return 1; 0 for "-",
 * which chooses none; or -EINVAL or -ERANGE.
 */
int vpmem_fail_choose(const char *text)
{
	char tag_text[WORD] = "", kind_text[WORD] = "*", end;
	unsigned int kind;
	bool any_tag;
	u32 tag = 0;
	int err;

	if (sscanf(text, "%15s %15s %c", tag_text, kind_text, &end) > 2 || !*tag_text)
		return -EINVAL;
	if (!strcmp(tag_text, "-"))
		return 0;
	any_tag = !strcmp(tag_text, "*");
	err = any_tag ? 0 : parse_tag(tag_text, &tag);
	if (!err)
		err = parse_kind(kind_text, &kind);
	if (err)
		return err;
	WRITE_ONCE(chosen.any_tag, any_tag);
	WRITE_ONCE(chosen.tag, tag);
	WRITE_ONCE(chosen.kind, kind);
	return 1;
}

int vpmem_fail_show(struct seq_file *m, struct vpmem_adapter *unused)
{
	unsigned int kind = READ_ONCE(chosen.kind);
	char text[VPMEM_TAG_TEXT];

	if (static_key_enabled(&vpmem_failing))
		seq_printf(m, "%s %s\n", READ_ONCE(chosen.any_tag) ? "*" :
			   vpmem_tag_text(READ_ONCE(chosen.tag), text),
			   kind == ANY_KIND ? "*" : vpmem_kind_name(kind));
	else
		seq_puts(m, "-\n");
	return 0;
}

/* Return the attributes, for tests, which cannot write files of debugfs. */
struct fault_attr *vpmem_fail_attributes(void)
{
	return &attributes;
}
EXPORT_SYMBOL_NS_GPL(vpmem_fail_attributes, VPMEM_TEST_NS);

/* Add the attributes to the directory of the views, which is removed as a whole. */
void __init vpmem_fail_init(void)
{
	struct dentry *root = debugfs_lookup("vpmem", NULL);

	if (!root)
		return;
	fault_create_debugfs_attr("fail_alloc", root, &attributes);
	dput(root);
}
