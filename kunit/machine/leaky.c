// SPDX-License-Identifier: GPL-2.0-only
/*
 * Driver with files in debugfs that show bytes which nobody has initialised, to prove that KMSAN
 * finds them, and others that vpmem has zeroed. It needs no KUnit, and no hardware.
 */
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "include/vpmem-port.h"

#define SMALL		64
#define LARGE		(3 * PAGE_SIZE)
#define EXTENSION	64
#define TAG		0x6b61654c

static struct platform_device *pdev;
static struct dentry *dir;
static void *extension;
static PVP_DMA_ADAPTER dma;
static PHYSICAL_ADDRESS logical;

/* File: memory of a size, of which it shows the last bytes */
struct leaky {
	const char *name;
	size_t size;
	void *(*get)(size_t size);
	void (*put)(void *memory, size_t size);
};

static void *linux_get(size_t size)
{
	return kmalloc(size, GFP_KERNEL);
}

static void linux_put(void *memory, size_t size)
{
	kfree(memory);
}

static void *pool_get(size_t size)
{
	return VideoPortAllocatePool(extension, VpPagedPool, size, TAG);
}

static void pool_put(void *memory, size_t size)
{
	VideoPortFreePool(extension, memory);
}

/* Get memory that was written before it was freed. */
static void *again_get(size_t size)
{
	void *memory = pool_get(size);

	if (!memory)
		return NULL;
	memset(memory, 0, size);
	pool_put(memory, size);
	return pool_get(size);
}

static void *buffer_get(size_t size)
{
	void *buffer;

	VideoPortAllocateBuffer(extension, size, &buffer);
	return buffer;
}

static void buffer_put(void *buffer, size_t size)
{
	VideoPortReleaseBuffer(extension, buffer);
}

static void *contig_get(size_t size)
{
	const PHYSICAL_ADDRESS anywhere = { .QuadPart = S64_MAX };

	return VideoPortAllocateContiguousMemory(extension, size, anywhere);
}

static void contig_put(void *memory, size_t size)
{
	VideoPortFreeContiguousMemory(extension, memory);
}

static void *common_get(size_t size)
{
	return VideoPortAllocateCommonBuffer(extension, dma, size, &logical, true, NULL);
}

static void common_put(void *memory, size_t size)
{
	VideoPortReleaseCommonBuffer(extension, dma, size, logical, memory, true);
}

static void *extension_get(size_t size)
{
	return extension;
}

static void extension_put(void *memory, size_t size)
{
}

/* Files that leak come first, so that a kernel without KMSAN shows what they are. */
static const struct leaky files[] = {
	{ "kmalloc", SMALL, linux_get, linux_put },
	{ "pool", SMALL, pool_get, pool_put },
	{ "pool-again", SMALL, again_get, pool_put },
	{ "large", LARGE, pool_get, pool_put },
	{ "large-again", LARGE, again_get, pool_put },
	{ "buffer", SMALL, buffer_get, buffer_put },
	{ "zeroed-contig", LARGE, contig_get, contig_put },
	{ "zeroed-common", LARGE, common_get, common_put },
	{ "zeroed-extension", EXTENSION, extension_get, extension_put },
};

static ssize_t leaky_read(struct file *file, char __user *to, size_t count, loff_t *pos)
{
	const struct leaky *leaky = file_inode(file)->i_private;
	u8 *memory = leaky->get(leaky->size);
	ssize_t bytes;

	if (!memory)
		return -ENOMEM;
	bytes = simple_read_from_buffer(to, count, pos, memory + leaky->size - SMALL, SMALL);
	leaky->put(memory, leaky->size);
	return bytes;
}

static const struct file_operations leaky_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.read = leaky_read,
};

/* Show a number that was read from such memory, as text. */
static int text_show(struct seq_file *m, void *unused)
{
	u8 *memory = pool_get(SMALL);

	if (!memory)
		return -ENOMEM;
	seq_printf(m, "%02x\n", memory[0]);
	pool_put(memory, SMALL);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(text);

static int leaky_attach(void)
{
	VP_DEVICE_DESCRIPTION description = { .Dma32BitAddresses = true };

	extension = vpmem_attach(&pdev->dev, EXTENSION);
	if (IS_ERR(extension))
		return PTR_ERR(extension);
	dma = VideoPortGetDmaAdapter(extension, &description);
	if (dma)
		return 0;
	vpmem_detach(extension);
	return -ENOMEM;
}

static int __init leaky_init(void)
{
	unsigned int i;
	int err;

	pdev = platform_device_register_simple("vpmem_leaky", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	err = leaky_attach();
	if (err) {
		platform_device_unregister(pdev);
		return err;
	}
	dir = debugfs_create_dir("vpmem_leaky", NULL);
	debugfs_create_file("text", 0400, dir, NULL, &text_fops);
	for (i = 0; i < ARRAY_SIZE(files); i++)
		debugfs_create_file(files[i].name, 0400, dir, (void *)&files[i], &leaky_fops);
	return 0;
}
module_init(leaky_init);

static void __exit leaky_exit(void)
{
	debugfs_remove(dir);
	VideoPortPutDmaAdapter(extension, dma);
	vpmem_detach(extension);
	platform_device_unregister(pdev);
}
module_exit(leaky_exit);

MODULE_DESCRIPTION("Files that show uninitialised memory");
MODULE_LICENSE("GPL");
