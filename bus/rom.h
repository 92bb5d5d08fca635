/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ROM images.
 */
#ifndef VPMEM_BUS_ROM_H
#define VPMEM_BUS_ROM_H

struct vpmem_adapter;
struct vpmem_call;

void vpmem_rom_detach(const struct vpmem_call *call);

#endif /* VPMEM_BUS_ROM_H */
