/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of the machine, opened by threads of the kernel.
 */
#ifndef VPMEM_KUNIT_FILE_H
#define VPMEM_KUNIT_FILE_H

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/path.h>
#include <linux/pid.h>
#include <linux/sched/task.h>

/*
 * Open a file by its path from the root of the first process: since Linux 7.0, threads of the
 * kernel have a root without files.
 */
static inline struct file *vt_file_open(const char *path, int flags)
{
	struct task_struct *first = get_pid_task(find_vpid(1), PIDTYPE_PID);
	struct path root = {};
	struct file *file;

	if (!first)
		return ERR_PTR(-ESRCH);
	task_lock(first);
	if (first->fs)
		get_fs_root(first->fs, &root);
	task_unlock(first);
	put_task_struct(first);
	if (!root.dentry)
		return ERR_PTR(-ESRCH);
	file = file_open_root(&root, path, flags, 0);
	path_put(&root);
	return file;
}

#endif /* VPMEM_KUNIT_FILE_H */
