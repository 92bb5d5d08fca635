// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tests of vpmem, which run when this module is loaded.
 */
#include <linux/module.h>

#include "core/compat.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/no_memory.h"

/*
 * Only some messages of a kind are printed in a few seconds. The quarantine comes first, since
 * it looks for those of three kinds; arithmetic comes last, since it uses them up.
 */
kunit_test_suites(&vt_quarantine_suite, &vt_memory_suite, &vt_pool_suite, &vt_free_suite,
		  &vt_buffer_suite, &vt_fail_suite,
		  &vt_quota_suite, &vt_small_suite, &vt_tags_suite, &vt_many_tags_suite,
		  &vt_tag_views_suite, &vt_peaks_suite, &vt_regions_suite, &vt_rows_suite,
		  &vt_park_suite, &vt_verify_suite, &vt_attach_suite, &vt_adapters_suite,
		  &vt_nmi_suite, &vt_dma_suite, &vt_common_suite,
		  &vt_common_release_suite, &vt_contig_suite, &vt_contig_free_suite, &vt_lock_suite,
		  &vt_pinned_suite, &vt_unlock_suite, &vt_packet_suite, &vt_start_suite,
		  &vt_complete_suite, &vt_olddma_suite, &vt_map_suite, &vt_nomap_suite,
		  &vt_unmap_suite, &vt_mmap_suite, &vt_rom_suite, &vt_int10_suite,
		  &vt_int10_references_suite, &vt_block_suite, &vt_block_free_suite,
		  &vt_realmode_suite, &vt_bios_suite, &vt_badhelper_suite, &vt_biosdata_suite,
		  &vt_int10dev_suite, &vt_io_suite, &vt_time_suite, &vt_print_suite,
		  &vt_format_suite, &vt_sync_suite, &vt_spinlock_suite, &vt_event_suite,
		  &vt_bus_suite, &vt_claims_suite, &vt_ranges_suite, &vt_quiesce_suite,
		  &vt_registry_suite,
		  &vt_registry_text_suite, &vt_system_suite, &vt_ddc_suite, &vt_ddc_refused_suite,
		  &vt_entry_suite, &vt_load_suite, &vt_port_suite, &vt_request_suite,
		  &vt_portfs_suite, &vt_framebuffer_suite, &vt_frame_file_suite,
		  &vt_screen_suite, &vt_display_suite, &vt_pixels_suite,
		  &vt_monitor_suite, &vt_pointer_suite, &vt_children_suite,
		  &vt_interrupt_suite, &vt_timer_suite, &vt_synchronize_suite, &vt_devlock_suite,
		  &vt_detach_suite, &vt_detach_dpc_suite, &vt_executive_suite, &vt_ex_free_suite,
		  &vt_ex_contiguous_suite, &vt_kernel_suite, &vt_ke_lock_suite, &vt_ke_wait_suite,
		  &vt_ke_mutex_suite, &vt_realtime_suite, &vt_include_suite, &vt_no_memory_suite,
		  &vt_port_no_memory_suite, &vt_int10_no_memory_suite, &vt_arith_suite);

MODULE_DESCRIPTION("KUnit tests of vpmem");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(VPMEM_TEST_NS);
MODULE_IMPORT_NS(VPMEM_DISPLAY_NS);
