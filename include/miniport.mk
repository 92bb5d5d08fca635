# SPDX-License-Identifier: GPL-2.0-only
#
# For the Kbuild of a port, at its end:
#
#	obj-m := mini.o
#	mini-y := glue.o driver.o modes.o
#	include /path/to/vpmem/include/miniport.mk
#
# glue.o is compiled as kernel code; VPMEM_GLUE names others. All other objects are the
# miniport's and get the flags that unmodified Windows sources need. What is said before:
#
#	VPMEM_GLUE := ...		objects that are kernel code
#	VPMEM_LP64_LONG := n		the miniport's sources say long and mean 64 bits
#	VPMEM_CFLAGS := ...		flags of its own, such as -DDBG=0

# Directory of vpmem: this file is in its include/.
VPMEM := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))/..)

# Module.symvers says what vpmem exports. A tree has it when it was built. Installed files have one
# for each kernel, from make install or else from dkms.
vpmem-installed := $(if $(wildcard $(VPMEM)/Kbuild),,y)
vpmem-symvers := $(VPMEM)/Module.symvers $(if $(vpmem-installed),\
	$(abspath $(VPMEM)/../../lib/vpmem/$(KERNELRELEASE)/Module.symvers) \
	/var/lib/dkms/vpmem/kernel-$(KERNELRELEASE)-$(shell uname -m)/Module.symvers)
KBUILD_EXTRA_SYMBOLS += $(firstword $(wildcard $(vpmem-symvers)))

VPMEM_GLUE ?= glue.o
vpmem-objects := $(foreach module,$(obj-m:.o=),$($(module)-y) $($(module)-objs))
vpmem-objects := $(filter-out $(VPMEM_GLUE),$(sort $(vpmem-objects)))

# Check for faults in the Kbuild, which make and modpost report less clearly.
vpmem-clean := $(filter %Makefile.clean,$(MAKEFILE_LIST))

# $(call vpmem-found,OBJECT,SUFFIX...): sources of the object by these suffixes
vpmem-found = $(wildcard $(foreach suffix,$(2),$(src)/$(1:.o=$(suffix))))
vpmem-porting := see Documentation/porting.rst of vpmem

# $(call vpmem-check-module,MODULE)
define vpmem-check-module
$(if $($(1)-y)$($(1)-objs),,$(error vpmem: $(1)-y is empty: write \
$(1)-y := glue.o and the objects of the driver, and name the module unlike its sources))
$(if $(filter $(1).o,$($(1)-y) $($(1)-objs)),$(error vpmem: the module $(1).ko and its \
object $(1).o have the same name: call the module otherwise, \
obj-m := $(1)_drv.o and $(1)_drv-y := $($(1)-y)$($(1)-objs)))
endef

# $(call vpmem-check-object,OBJECT)
define vpmem-check-object
$(if $(call vpmem-found,$(1),.c .C .S),,
$(if $(call vpmem-found,$(1),.cpp .cxx .cc .CPP),$(error vpmem: $(1) would be made from C++, \
$(notdir $(call vpmem-found,$(1),.cpp .cxx .cc .CPP)): the kernel has none. If it is C in a \
file of that name, add a file $(1:.o=.c) with one line that includes it: $(vpmem-porting)))
$(if $(call vpmem-found,$(1),.asm .ASM),$(error vpmem: $(1) would be made from \
$(notdir $(call vpmem-found,$(1),.asm .ASM)), assembly for Microsoft's assembler: write its \
functions in C, in $(1:.o=.c), and leave the file as it is: $(vpmem-porting)))
$(error vpmem: there is no source of $(1): $(src)/$(1:.o=.c) does not exist))
endef

ifeq ($(vpmem-clean),)
$(foreach module,$(patsubst %.o,%,$(filter %.o,$(obj-m))),$(call vpmem-check-module,$(module)))
$(foreach object,$(vpmem-objects),$(call vpmem-check-object,$(object)))
# Require Module.symvers, unless vpmem itself is part of this build, or of the kernel.
ifeq ($(strip $(KBUILD_EXTRA_SYMBOLS) $(CONFIG_VPMEM) \
	$(filter $(VPMEM) $(VPMEM)/%,$(abspath $(KBUILD_EXTMOD)) $(abspath $(src)))),)
$(error vpmem: $(if $(vpmem-installed),vpmem is not installed for Linux $(KERNELRELEASE), so \
nothing says what it exports: type dkms autoinstall -k $(KERNELRELEASE) or install its module \
from the sources,$(VPMEM)/Module.symvers does not exist, which says what vpmem exports: \
build vpmem first, by make -C $(VPMEM) with the same KDIR))
endif
endif

# Headers for names in another case, or with a backslash
vpmem-names := $(obj)/.vpmem-names
$(if $(vpmem-clean),,$(shell $(VPMEM)/scripts/names $(vpmem-names) $(src) $(VPMEM)/include \
	$(patsubst -I%,%,$(filter -I%,$(VPMEM_CFLAGS))) >&2))
clean-files += .vpmem-names

# Hide names with a backslash from fixdep, by -isystem: make cannot handle them.
vpmem-cflags := -I$(vpmem-names) -isystem $(vpmem-names)/backslash

# Language options: make gcc and clang accept Microsoft's C, and assume no more than its
# compiler does. Each option has an example in kunit/msc/options.
vpmem-language := -fms-extensions -fshort-wchar -fsigned-char -fcommon -fgnu89-inline
vpmem-language += $(call cc-option,-mms-bitfields)
vpmem-language += $(call cc-option,-fstrict-volatile-bitfields)
vpmem-language += $(call cc-option,-fzero-init-padding-bits=all)
# Allow pointers of different types to alias, sums to wrap, and NULL checks after a use.
vpmem-language += -fno-strict-aliasing -fno-strict-overflow
vpmem-language += $(call cc-option,-fno-delete-null-pointer-checks)
# Allow accesses beyond an array of one element at the end of a structure.
vpmem-language += $(call cc-option,-fstrict-flex-arrays=0)
vpmem-language += $(call cc-option,-fno-aggressive-loop-optimizations)
# Keep loops: an endless one, and one that writes to device memory.
vpmem-language += $(call cc-option,-fno-finite-loops)
vpmem-language += $(call cc-option,-fno-tree-loop-distribute-patterns,\
	-fno-builtin-memset -fno-builtin-memcpy)
vpmem-language += $(call cc-option,-fno-allow-store-data-races)
# Keep return addresses in the driver: vpmem identifies the calling driver by them.
vpmem-language += -fno-optimize-sibling-calls

vpmem-cflags += -std=gnu11 $(vpmem-language)
vpmem-cflags += -DVPMEM_MINIPORT -D_WIN32=1 -Ulinux -Uunix
vpmem-cflags += $(if $(CONFIG_64BIT),-D_WIN64=1)
vpmem-cflags += $(if $(CONFIG_X86_64),-D_AMD64_=1 -D_M_AMD64=100 -D_M_X64=100)
vpmem-cflags += $(if $(CONFIG_X86_32),-D_X86_=1 -D_M_IX86=600 -Di386=1)
vpmem-cflags += $(if $(CONFIG_ARM64),-D_ARM64_=1 -D_M_ARM64=1)

# Macros of the build environment of Windows; VPMEM_CFLAGS can override them.
# sdkddkver.h adds NTDDI_VERSION.
vpmem-default = $(if $(filter -D$(1) -D$(1)=% -U$(1),$(VPMEM_CFLAGS)),,-D$(1)$(if $(2),=$(2)))
vpmem-cflags += $(call vpmem-default,_WIN32_WINNT,0x0502)
vpmem-cflags += $(call vpmem-default,WINVER,_WIN32_WINNT)
vpmem-cflags += $(call vpmem-default,WINNT,1) $(call vpmem-default,WIN32,100)
vpmem-cflags += $(call vpmem-default,_NT1X_,100) $(call vpmem-default,DEVL,1)
vpmem-cflags += $(call vpmem-default,STD_CALL) $(call vpmem-default,CONDITION_HANDLING,1)
vpmem-cflags += $(call vpmem-default,WIN32_LEAN_AND_MEAN,1)

# Map the names of functions to those of vpmem, whatever headers a source includes.
vpmem-cflags += -include $(VPMEM)/include/names.h
# Types that the sources use without a header that declares them, see include/relied.h.
vpmem-cflags += -include $(vpmem-names)/vpmem-relies.h

# Keep warnings that the kernel turns into errors, because Microsoft's compiler only
# warns.
vpmem-cflags += -Wno-error
vpmem-cflags += -Wno-error=incompatible-pointer-types
vpmem-cflags += -Wno-error=implicit-function-declaration -Wno-error=implicit-int
vpmem-cflags += -Wno-error=int-conversion -Wno-error=return-type
vpmem-cflags += $(call cc-option,-Wno-error=incompatible-function-pointer-types)
vpmem-cflags += $(call cc-option,-Wno-error=return-mismatch)
vpmem-cflags += $(call cc-option,-Wno-error=declaration-missing-parameter-type)

# Disable warnings about harmless habits of Windows sources.
vpmem-cflags += -Wno-strict-prototypes -Wno-old-style-definition -Wno-undef
vpmem-cflags += -Wno-missing-prototypes -Wno-missing-declarations
vpmem-cflags += -Wno-declaration-after-statement -Wno-vla -Wno-multichar
vpmem-cflags += -Wno-unknown-pragmas -Wno-missing-braces -Wno-parentheses
vpmem-cflags += -Wno-unused -Wno-switch -Wno-comment -Wno-endif-labels
vpmem-cflags += -Wno-pointer-sign -Wno-char-subscripts -Wno-empty-body
vpmem-cflags += -Wno-implicit-fallthrough -Wno-type-limits -Wno-sign-compare
vpmem-cflags += -Wno-trigraphs -Wno-date-time -Wno-format -Wno-address
vpmem-cflags += $(call cc-disable-warning,designated-init)
vpmem-cflags += $(call cc-disable-warning,misleading-indentation)
vpmem-cflags += $(call cc-disable-warning,four-char-constants)
vpmem-cflags += $(call cc-disable-warning,deprecated-non-prototype)
vpmem-cflags += $(call cc-disable-warning,ignored-pragmas)
vpmem-cflags += $(call cc-disable-warning,pragma-pack)
vpmem-cflags += $(call cc-disable-warning,microsoft)
vpmem-cflags += $(call cc-disable-warning,microsoft-anon-tag)
vpmem-cflags += $(call cc-disable-warning,extra-tokens)
vpmem-cflags += $(call cc-disable-warning,invalid-token-paste)
vpmem-cflags += $(call cc-disable-warning,tautological-compare)
vpmem-cflags += $(call cc-disable-warning,unevaluated-expression)
# Refuse a redeclaration as static, which clang accepts but exports: see scripts/msc.
vpmem-cflags += $(call cc-option,-Werror=microsoft-redeclare-static)
# Search headers of the driver before those of vpmem.
vpmem-cflags += $(VPMEM_CFLAGS) -I$(VPMEM)/include

$(foreach object,$(vpmem-objects),$(eval CFLAGS_$(object) += $(vpmem-cflags)))
$(foreach object,$(VPMEM_GLUE),$(eval CFLAGS_$(object) += -I$(VPMEM)/include))
# See -fstrict-flex-arrays.
$(foreach object,$(vpmem-objects),$(eval UBSAN_SANITIZE_$(object) := n))

# Merge a variable that several objects define (-fcommon). scripts/msc merges inline
# functions. Any other duplicate is an error.
ldflags-y += $(call ld-option,-d)

# Run scripts/msc for what no option does. It also makes a long 32 bits wide, and gives
# constants such as 10L or 10i64 their size on Windows.
VPMEM_LP64_LONG ?= y
vpmem-msc := $(VPMEM)/scripts/msc $(if $(filter y,$(VPMEM_LP64_LONG)),--long) \
	--objcopy $(OBJCOPY) \
	--kernel $(srctree) --kernel $(objtree) --kernel $(VPMEM)/include \
	--kernel $(VPMEM)/vpmem.h --kernel $(VPMEM)/include/vpmem-port.h \
	--kernel $(VPMEM)/include/vpmem-crt.h --kernel $(VPMEM)/include/vpmem-nt.h

# Compile .C as C: old sources have names in capitals, which mean C++ to make and gcc.
vpmem-capital := $(foreach object,$(vpmem-objects),$(if $(call vpmem-found,$(object),.c),,\
	$(if $(call vpmem-found,$(object),.C),$(object))))
$(foreach object,$(vpmem-capital),$(eval CFLAGS_$(object) += -x c))
ifneq ($(vpmem-capital),)
$(addprefix $(obj)/,$(vpmem-capital)): $(obj)/%.o: $(src)/%.C FORCE
	$(call if_changed_rule,cc_o_c)
endif

$(addprefix $(obj)/,$(vpmem-objects)): private override CC := $(vpmem-msc) -- $(CC)
