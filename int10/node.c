// SPDX-License-Identifier: GPL-2.0-only
/*
 * Device node /dev/vpmem-int10: the helper reads requests and writes replies (see
 * uapi/vpmem-int10.h). Each open file is a session of bios.c.
 */
#include <linux/capability.h>
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/uio.h>
#include <linux/wait.h>

#include "int10/bios.h"
#include "int10/node.h"
#include "int10/realmode.h"
#include "int10/window.h"
#include "uapi/vpmem-int10.h"

static int device_open(struct inode *inode, struct file *file)
{
	struct vpmem_session *new;
	int err;

	if (!capable(CAP_SYS_RAWIO))
		return -EPERM;
	err = security_locked_down(LOCKDOWN_IOPORT) ?: vpmem_realmode_init();
	if (err)
		return err;
	new = kzalloc(sizeof(*new), GFP_KERNEL_ACCOUNT);
	if (!new)
		return -ENOMEM;
	/* Never kill init, even if it hangs as the helper. */
	if (!is_global_init(current))
		new->pid = get_pid(task_tgid(current));
	err = vpmem_session_begin(new);
	if (err) {
		put_pid(new->pid);
		kfree(new);
		return err;
	}
	file->private_data = new;
	return stream_open(inode, file);
}

static int device_release(struct inode *inode, struct file *file)
{
	struct vpmem_session *old = file->private_data;

	vpmem_session_end(old);
	put_pid(old->pid);
	kfree(old);
	return 0;
}

static ssize_t device_read(struct kiocb *iocb, struct iov_iter *to)
{
	struct vpmem_int10_request out = { .version = VPMEM_INT10_VERSION };
	struct vpmem_session *mine = iocb->ki_filp->private_data;
	int state, err;

	if (iov_iter_count(to) < sizeof(out))
		return -EINVAL;
	while ((state = vpmem_session_take(mine, &out)) == -EAGAIN) {
		if (iocb->ki_filp->f_flags & O_NONBLOCK)
			return -EAGAIN;
		err = wait_event_interruptible(vpmem_bios_helpers,
					       vpmem_session_state(mine) != -EAGAIN);
		if (err)
			return err;
	}
	if (state != 1)
		return state;
	if (copy_to_iter(&out, sizeof(out), to) == sizeof(out)) {
		vpmem_windows_open(&out);
		return sizeof(out);
	}
	vpmem_session_untake(out.sequence);
	return -EFAULT;
}

/* Reply and the text behind it, as written */
struct written {
	struct vpmem_int10_reply reply;
	char message[VPMEM_INT10_MESSAGE];
};

static ssize_t device_write(struct kiocb *iocb, struct iov_iter *from)
{
	size_t size = iov_iter_count(from);
	bool whole = size >= sizeof(struct vpmem_int10_reply) &&
		     size <= sizeof(struct written);
	struct written in;
	int err;

	if (whole && !copy_from_iter_full(&in, size, from))
		return -EFAULT;
	whole = whole && in.reply.message_length == size - sizeof(in.reply);
	err = vpmem_session_answer(iocb->ki_filp->private_data, whole ? &in.reply : NULL,
				   in.message);
	return err ?: size;
}

static __poll_t device_poll(struct file *file, struct poll_table_struct *table)
{
	int state;

	poll_wait(file, &vpmem_bios_helpers, table);
	state = vpmem_session_state(file->private_data);
	if (state == -ENODEV)
		return EPOLLHUP | EPOLLERR;
	return EPOLLOUT | EPOLLWRNORM | (state == -EAGAIN ? 0 : EPOLLIN | EPOLLRDNORM);
}

static int device_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_pgoff >= VPMEM_INT10_SPACE >> PAGE_SHIFT)
		return vpmem_window_mmap(vma);
	return vpmem_realmode_mmap(vma);
}

static const struct file_operations device_fops = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.read_iter = device_read,
	.write_iter = device_write,
	.poll = device_poll,
	.mmap = device_mmap,
};

/*
 * Class of the node. A misc device would be opened under misc_mtx, which a driver whose own
 * misc device is being opened holds when it makes its first call.
 */
static struct class node_class = {
	.name = "vpmem",
};

static dev_t node_number;
static struct cdev node_cdev;

static int node_add(void)
{
	struct device *device;
	int err;

	cdev_init(&node_cdev, &device_fops);
	node_cdev.owner = THIS_MODULE;
	err = cdev_add(&node_cdev, node_number, 1);
	if (err)
		return err;
	/* Create the node, for root only: it has no other mode. */
	device = device_create(&node_class, NULL, node_number, NULL,
			       VPMEM_INT10_DEVICE);
	if (!IS_ERR(device))
		return 0;
	cdev_del(&node_cdev);
	return PTR_ERR(device);
}

int vpmem_node_register(void)
{
	int err;

	err = class_register(&node_class);
	if (err)
		return err;
	err = alloc_chrdev_region(&node_number, 0, 1, VPMEM_INT10_DEVICE);
	if (err)
		goto unregister_class;
	err = node_add();
	if (!err)
		return 0;
	unregister_chrdev_region(node_number, 1);
unregister_class:
	class_unregister(&node_class);
	return err;
}

void vpmem_node_unregister(void)
{
	device_destroy(&node_class, node_number);
	cdev_del(&node_cdev);
	unregister_chrdev_region(node_number, 1);
	class_unregister(&node_class);
}
