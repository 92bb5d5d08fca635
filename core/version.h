/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Version of vpmem, which dkms.conf and NEWS have, too; make lint compares them.
 */
#ifndef VPMEM_VERSION_H
#define VPMEM_VERSION_H

#define VPMEM_VERSION	"0.2"
#define VPMEM_AUTHORS	"The vpmem maintainers"

#endif /* VPMEM_VERSION_H */
