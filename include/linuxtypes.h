/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The types of Linux, but for names that a miniport may give to something of its own.
 */
#ifndef VPMEM_LINUXTYPES_H
#define VPMEM_LINUXTYPES_H

#define bool		vpmem_linux_bool
#define false		vpmem_linux_false
#define true		vpmem_linux_true
#define uint		vpmem_linux_uint
#define ulong		vpmem_linux_ulong
#define unchar		vpmem_linux_unchar
#define ushort		vpmem_linux_ushort
#define u_char		vpmem_linux_u_char
#define u_short		vpmem_linux_u_short
#define u_int		vpmem_linux_u_int
#define u_long		vpmem_linux_u_long
#define dev_t		vpmem_linux_dev_t
#define ino_t		vpmem_linux_ino_t
#define mode_t		vpmem_linux_mode_t
#define off_t		vpmem_linux_off_t
#define loff_t		vpmem_linux_loff_t
#define pid_t		vpmem_linux_pid_t
#define uid_t		vpmem_linux_uid_t
#define gid_t		vpmem_linux_gid_t
#define key_t		vpmem_linux_key_t
#define ssize_t		vpmem_linux_ssize_t
#define clock_t		vpmem_linux_clock_t
#define timer_t		vpmem_linux_timer_t
#define caddr_t		vpmem_linux_caddr_t
#define daddr_t		vpmem_linux_daddr_t
#define uintptr_t	vpmem_linux_uintptr_t
#define atomic_t	vpmem_linux_atomic_t
#define dma_addr_t	vpmem_linux_dma_addr_t
#define phys_addr_t	vpmem_linux_phys_addr_t
#define list_head	vpmem_linux_list_head
#define hlist_head	vpmem_linux_hlist_head
#define hlist_node	vpmem_linux_hlist_node
#define u8		vpmem_linux_u8
#define s8		vpmem_linux_s8
#define u16		vpmem_linux_u16
#define s16		vpmem_linux_s16
#define u32		vpmem_linux_u32
#define s32		vpmem_linux_s32
#define u64		vpmem_linux_u64
#define s64		vpmem_linux_s64
#define umode_t		vpmem_linux_umode_t
#define nlink_t		vpmem_linux_nlink_t
#define fmode_t		vpmem_linux_fmode_t
#define gfp_t		vpmem_linux_gfp_t
#define sector_t	vpmem_linux_sector_t
#define blkcnt_t	vpmem_linux_blkcnt_t
#define callback_head	vpmem_linux_callback_head
#define ustat		vpmem_linux_ustat

#include <linux/types.h>

#undef bool
#undef false
#undef true
#undef uint
#undef ulong
#undef unchar
#undef ushort
#undef u_char
#undef u_short
#undef u_int
#undef u_long
#undef dev_t
#undef ino_t
#undef mode_t
#undef off_t
#undef loff_t
#undef pid_t
#undef uid_t
#undef gid_t
#undef key_t
#undef ssize_t
#undef clock_t
#undef timer_t
#undef caddr_t
#undef daddr_t
#undef uintptr_t
#undef atomic_t
#undef dma_addr_t
#undef phys_addr_t
#undef list_head
#undef hlist_head
#undef hlist_node
#undef u8
#undef s8
#undef u16
#undef s16
#undef u32
#undef s32
#undef u64
#undef s64
#undef umode_t
#undef nlink_t
#undef fmode_t
#undef gfp_t
#undef sector_t
#undef blkcnt_t
#undef callback_head
/* Macros of linux/types.h itself, which a macro of ours would make it define twice. */
#undef pgoff_t
#undef rcu_head
#undef ustat

#endif /* VPMEM_LINUXTYPES_H */
