# SPDX-License-Identifier: GPL-2.0-only
#
# Probe the kernel, for the Kbuild that includes this file: kernels of distributions have
# interfaces of newer versions, so a version number does not tell what there is.
#
# ROOM/probes/NAME.c is a probe. It compiles if the kernel has the interface NAME, which its
# comment describes. ROOM/probed.h is generated and has the answers, as
#
#	#define VPMEM_HAS_NAME 0|1
#
# probe-rooms names the rooms to probe for. The flags are those of the objects of the
# module. An answer is kept until the probe, a header that it reads, the compiler, the
# configuration or the kernel changes. Nothing else is compiled before the answers are there.

# Stop if the compiler does not compile at all, or accepts everything.
probe-accepted := $(obj)/core/probes/control/accepted.answer
probe-refused := $(obj)/core/probes/control/refused.answer
probe-controls := $(probe-accepted) $(probe-refused)

probe-answers = $(patsubst $(vpmem-src)/%.c,$(obj)/%.answer,\
	$(wildcard $(vpmem-src)/$(1)/probes/*.c))
probe-headers := $(patsubst %,$(obj)/%/probed.h,$(probe-rooms))
probes := $(foreach room,$(probe-rooms),$(call probe-answers,$(room)))

# Keep warnings from being errors, which kernels may have configured and W=e asks for, but
# for those that tell a missing function or another prototype.
probe-flags := -g0 -Wno-error -Werror=implicit-function-declaration
probe-flags += -Werror=incompatible-pointer-types -Werror=int-conversion
probe-flags += -Wno-missing-prototypes -Wno-missing-declarations

# Identify the kernel and the compiler: a package may replace headers by older files, and
# another KDIR may have the same command line.
probe-generated := $(addprefix $(objtree)/include/generated/,\
	$(if $(KBUILD_EXTMOD),compile.h utsversion.h) autoconf.h)
probe-key := $(abspath $(objtree)) $(KERNELRELEASE) \
	$(shell { cat $(wildcard $(probe-generated)); $(CC) --version; } 2>&1 | cksum)

quiet_cmd_probe_control = $(if $(filter $(probe-accepted),$@),PROBE   $(KERNELRELEASE))
      cmd_probe_control = $(cmd_probe)
      cmd_probe = $(CONFIG_SHELL) $(vpmem-src)/core/probe.sh $< $@ $(depfile) \
		  $(objtree)/Module.symvers '$(probe-key)' $(CC) $(c_flags) $(probe-flags)

$(probe-controls) $(probes): part-of-module := $(if $(KBUILD_EXTMOD),y,$(filter m,$(CONFIG_VPMEM)))
$(probe-controls): $(obj)/%.answer: $(src)/%.c $(vpmem-src)/core/probe.sh FORCE
	$(call if_changed_dep,probe_control)
$(probe-refused): | $(probe-accepted)
$(probes): $(obj)/%.answer: $(src)/%.c $(vpmem-src)/core/probe.sh FORCE | $(probe-controls)
	$(call if_changed_dep,probe)
targets += $(patsubst $(obj)/%,%,$(probe-controls) $(probes))

filechk_probed = \
	echo '/* SPDX-License-Identifier: GPL-2.0-only */'; \
	echo '/* Written by core/probes.mk for Linux $(KERNELRELEASE) */'; \
	for answer in $(filter %.answer,$^); do \
		name=$${answer\#\#*/}; \
		name=$$(echo "$${name%.answer}" | tr a-z A-Z); \
		echo "\#define VPMEM_HAS_$$name $$(cat $$answer)"; \
	done

$(foreach room,$(probe-rooms),\
	$(eval $(obj)/$(room)/probed.h: $(call probe-answers,$(room))))
$(probe-headers): FORCE
	$(call filechk,probed)
targets += $(patsubst $(obj)/%,%,$(probe-headers))

# Order the rest of the build after it; which object reads an answer is known to fixdep.
$(addprefix $(obj)/,$(vpmem-y) $(patsubst %/,%,$(filter %/,$(obj-m) $(obj-y)))): | $(probe-headers)

clean-files += $(foreach room,core drm kunit,$(room)/probed.h $(room)/probes/*.answer* \
	$(room)/probes/control/*.answer*)
