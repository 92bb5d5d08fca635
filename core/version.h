/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Version of vpmem, and the kernels for it. Other files have them too: dkms.conf and NEWS the
 * version, dkms.conf and the documents the kernels. make lint compares them.
 */
#ifndef VPMEM_VERSION_H
#define VPMEM_VERSION_H

#define VPMEM_VERSION	"0.2"
#define VPMEM_AUTHORS	"The vpmem maintainers"

/* Oldest kernel that vpmem builds for, and newest that it was tested with */
#define VPMEM_OLDEST_LINUX	KERNEL_VERSION(5, 10, 0)
#define VPMEM_NEWEST_LINUX	KERNEL_VERSION(7, 3, 0)

#endif /* VPMEM_VERSION_H */
