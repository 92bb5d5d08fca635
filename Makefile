# SPDX-License-Identifier: GPL-2.0-only
#
# Targets for users. Kbuild builds the module; scripts/ does the other work.

# Headers of the running kernel, or the newest that are installed.
headers = $(shell for dir in $(1); do \
	file=$$dir/include/config/kernel.release; \
	[ -e $$file ] && echo "$$(cat $$file) $$dir"; \
	done | sort -V | tail -n 1 | cut -d ' ' -f 2-)
KDIR ?= $(or $(call headers,/lib/modules/$(shell uname -r)/build),\
	$(call headers,/usr/src/linux-headers-* /lib/modules/*/build))

# Stock kernel of demo, shell and bench; empty for that of this Debian release.
KVER ?=

# Sample that is bound to the display adapter in the shell: vbe, vga or legacy.
SAMPLE ?= vbe

# Directory of a port that is bound in the shell instead of a sample.
PORT ?=

# Directory of programs; the module starts the INT10 helper from there. DESTDIR is put before
# all that is installed, for packages.
PREFIX ?= /usr/local
export PREFIX DESTDIR

version := $(shell sed -n 's/^.define VPMEM_VERSION\t"\(.*\)"/\1/p' core/version.h)

kbuild = $(MAKE) -C $(KDIR) M=$(CURDIR) PREFIX=$(PREFIX)

# Root that the modules are installed in, and their kernel
modules_root = $(or $(INSTALL_MOD_PATH),$(DESTDIR))
release = $$(sed -n 's/.*UTS_RELEASE "\(.*\)"/\1/p' $(KDIR)/include/generated/utsrelease.h)

all: modules

modules: need-headers
	+$(kbuild) $@

# Option that keeps kbuild from signing where the key of the kernel is missing, as it is in the
# headers of distributions: sign-file would print errors for each module.
signing = $$(key=$$(sed -n 's/^CONFIG_MODULE_SIG_KEY="\?\([^"]*\)"\?$$/\1/p' \
		$(KDIR)/include/config/auto.conf); \
	case $$key in pkcs11:* | /*) exit ;; esac; \
	[ -e "$(KDIR)/$$key" ] || [ -e "$(KDIR)/source/$$key" ] || echo CONFIG_MODULE_SIG_ALL=)

# Run depmod: kbuild skips it without a System.map, as in Debian's headers.
modules_install: need-headers
	+$(kbuild) $@ $(if $(modules_root),INSTALL_MOD_PATH=$(modules_root)) $(signing)
	depmod $(if $(modules_root),-b $(modules_root)) $(release)

# Program that runs the video BIOS for the module; uses PREFIX and DESTDIR.
helper:
	+$(MAKE) -C int10d

install-helper:
	+$(MAKE) -C int10d install

# PoolMon for Linux; uses PREFIX and DESTDIR.
vpmon:
	+$(MAKE) -C vpmon

install-vpmon:
	+$(MAKE) -C vpmon install

# Files that ports are built from, with the paths that they have in the tree, and the header of
# the protocol for programs that run the video BIOS.
port_files := $(filter-out include/Kbuild,$(wildcard include/*.* include/*/* include/aliases)) \
	$(wildcard scripts/names scripts/msc scripts/msclib/*.py) vpmem.h

install-dev:
	$(call copy,$(port_files),$(PREFIX)/share/vpmem)
	install -d '$(DESTDIR)$(PREFIX)/include/vpmem'
	install -m 0644 uapi/vpmem-int10.h '$(DESTDIR)$(PREFIX)/include/vpmem/'

# Symbols that vpmem exports for that kernel, for ports
symvers = $(DESTDIR)$(PREFIX)/lib/vpmem/$(release)

install-symvers: need-headers
	install -d "$(symvers)"
	install -m 0644 Module.symvers "$(symvers)/"

# Sources for dkms: the rooms of the module, and what builds them. DKMS builds for the helper
# of this PREFIX.
rooms = sed -n 's/^[0-9]\{1,\} *\([^ ]*\) .*/\1/p' Documentation/floors.txt
module_files = $(shell find $$($(rooms)) \
	-name '*.[ch]' ! -name '*.mod.c' ! -name probed.h -o -name '*.mk' -o -name '*.sh' \
	-o -name Kbuild -o -name aliases) \
	Kbuild Makefile dkms.conf scripts/dkms-symvers
dkms_sources = /usr/src/vpmem-$(version)

install-dkms:
	$(call copy,$(module_files),$(dkms_sources))
	sed -i 's|PREFIX=[^ ]*|PREFIX=$(PREFIX)|' '$(DESTDIR)$(dkms_sources)/dkms.conf'

uninstall-dkms:
	rm -rf '$(DESTDIR)$(dkms_sources)'

# $(call copy,FILES,DIRECTORY): with the directories and modes that they have in the tree
copy = install -d '$(DESTDIR)$(2)' && tar -cf - --mode=u=rwX,go=rX $(1) | \
	tar -xf - -C '$(DESTDIR)$(2)' --no-same-owner --no-same-permissions

# Example of settings for modprobe
install-example:
	install -d '$(DESTDIR)$(PREFIX)/share/doc/vpmem'
	install -m 0644 Documentation/modprobe.d/vpmem.conf '$(DESTDIR)$(PREFIX)/share/doc/vpmem/'

install: modules modules_install install-helper install-vpmon install-dev install-example
	+$(MAKE) install-symvers

uninstall: need-headers
	+$(MAKE) -C int10d uninstall
	+$(MAKE) -C vpmon uninstall
	rm -rf '$(DESTDIR)$(PREFIX)/include/vpmem' "$(symvers)" \
		$(addprefix '$(DESTDIR)$(PREFIX)'/,share/vpmem share/doc/vpmem)
	rmdir $(addprefix '$(DESTDIR)$(PREFIX)'/,$(emptied)) 2>/dev/null || :
	rm -f $(addprefix '$(modules_root)/lib/modules/'$(release)/,$(installed))
	rmdir $(addprefix '$(modules_root)/lib/modules/'$(release)/,extra/drm extra updates/drm updates) \
		2>/dev/null || :
	depmod $(if $(modules_root),-b $(modules_root)) $(release)

# Directories that may be empty now; rmdir keeps those that are not.
emptied = lib/vpmem lib/udev/rules.d lib/udev share/man/man8 share/doc

# Places that kbuild installs modules in: "updates" is that of newer kernels.
installed = $(foreach module,vpmem.ko drm/vpmem_drm.ko,$(foreach dir,extra updates,\
	$(dir)/$(module) $(dir)/$(module).xz $(dir)/$(module).gz $(dir)/$(module).zst))

need-headers:
	@[ -n "$(KDIR)" ] || { \
		echo "vpmem: no kernel headers found: install linux-headers-$$(uname -r)" >&2; \
		echo "vpmem: or give KDIR=, or run make demo, which fetches a kernel" >&2; \
		exit 1; }

# The sources for dkms, which calls this as well, have no programs.
clean:
	rm -rf build
	+$(foreach program,$(wildcard int10d vpmon),$(MAKE) -C $(program) clean &&) :
	$(if $(KDIR),$(kbuild) clean)

# Tarball of the commit that is checked out; the same for each who makes it.
dist:
	mkdir -p build
	$(archive) --format=tar --prefix=vpmem-$(version)/ HEAD | \
		env -u GZIP gzip -9 -n >build/vpmem-$(version).tar.gz
	@sha256sum build/vpmem-$(version).tar.gz

# Ignore the settings of a user that change the archive.
archive = git -c tar.umask=0002 -c core.autocrlf=false -c core.eol=lf \
	-c core.attributesFile=/dev/null archive

# Packages for Debian: the modules by dkms, the programs, the headers for ports.
deb:
	@scripts/setup deb
	@scripts/deb

setup:
	scripts/setup

demo:
	scripts/setup build vm helper vpmon
	scripts/run demo $(KVER)
	$(if $(filter 5.%,$(KVER)),,scripts/run desktop-demo $(KVER))
	@echo "vpmem demo: success"

shell:
	@[ -t 0 ] || { echo "vpmem: make shell needs a terminal as standard input" >&2; exit 1; }
	@scripts/setup build vm helper vpmon
	@scripts/run shell $(if $(PORT),$(abspath $(PORT)),$(SAMPLE)) $(KVER)

# Run the tests of igt-gpu-tools for any driver on the sample vga.
igt:
	@scripts/setup build vm helper
	@scripts/run igt $(KVER)

bench:
	scripts/setup build vm
	scripts/run bench $(KVER)

# Draw the table of the last make bench.
bench-plot:
	scripts/setup plot
	scripts/bench-plot

test:
	@scripts/setup build vm helper vpmon fuzz
	@scripts/test

test-quick:
	@scripts/setup build vm vpmon
	@scripts/test --quick

# The storms of 10^7 allocations and frees, and the suites on kernels that make test leaves out.
storm:
	@scripts/setup build vm
	@STORM_OPERATIONS=$${STORM_OPERATIONS:-10000000} scripts/test --storm

# Take the adapter from processes RACES_ROUNDS= times, and load and unload RACES_LOADS= times.
races:
	@scripts/setup build vm helper vpmon
	@RACES_ROUNDS=$(RACES_ROUNDS) RACES_LOADS=$(RACES_LOADS) RACES_SEED=$(RACES_SEED) \
		scripts/test --races

# Random calls, compared with a model, until one differs or MINUTES= are over.
soak:
	@scripts/setup build vm
	@scripts/soak model $(MINUTES)

# Hostile arguments, answers and files, until one has a wrong result or MINUTES= are over.
fuzz:
	@scripts/setup build vm fuzz
	@scripts/soak fuzz $(MINUTES)

# The suites with each allocation failing, and a table of these.
test-faults:
	@scripts/setup build vm
	@scripts/test --faults

# Bytes that nobody has initialised, and that leave the kernel.
test-kmsan:
	@scripts/setup build vm helper lint
	@scripts/test --kmsan

# Count what the suites run of vpmem: lines, branches and functions.
coverage:
	@scripts/setup build vm helper coverage
	@scripts/test --coverage

# Each kernel and architecture of Debian; CELLS= chooses some, see scripts/matrix --help.
matrix:
	@scripts/setup build vm helper vpmon matrix
	@scripts/matrix $(CELLS)

test-fresh:
	@SUITE="$(SUITE)" ROLE="$(ROLE)" GOALS="$(GOALS)" KVER="$(KVER)" scripts/fresh

# Install, upgrade and purge the packages in new Debian 12 and 13.
test-packages:
	@SUITE="$(SUITE)" scripts/packagetest

lint:
	scripts/setup build helper vpmon lint
	scripts/lint

htmldocs:
	@scripts/setup docs
	@scripts/htmldocs

conformance:
	scripts/conformance

help:
	@echo 'modules          vpmem.ko and vpmem_drm.ko (default), against KDIR=$(KDIR)'
	@echo 'modules_install  install it for that kernel'
	@echo 'helper           vpmem-int10d, which runs the video BIOS for vpmem.ko'
	@echo 'install-helper   install it as PREFIX/sbin/vpmem-int10d, PREFIX=/usr/local'
	@echo 'vpmon            a monitor of tags for the terminal, and for scripts'
	@echo 'install-vpmon    install it as PREFIX/sbin/vpmon, with its manual page'
	@echo 'install          all that is built, and uninstall; PREFIX= for programs, DESTDIR= for packages'
	@echo 'clean            remove what builds and tests left in the tree'
	@echo 'demo             a stock kernel in a virtual machine, sample miniports, screenshots'
	@echo 'shell            that machine, with a sample bound and a prompt on the terminal'
	@echo 'test             every test: User-mode Linux, debug kernel, stock kernel'
	@echo 'test-quick       the tests under User-mode Linux only'
	@echo 'storm            10^7 allocations and frees on four CPUs, on three kernels; data races'
	@echo 'races            processes use an adapter while it is taken from them; load and unload'
	@echo 'soak             random calls, compared with a model, until one differs'
	@echo 'fuzz             hostile arguments, answers and files, until one has a wrong result'
	@echo 'test-faults      the KUnit suites with each allocation failing, and a table of these'
	@echo 'test-kmsan       uninitialised memory: the suites, and what leaves the kernel'
	@echo 'test-fresh       the demo in new minimal Debian 12 and 13, as root and with sudo'
	@echo 'coverage         lines, branches and functions of vpmem that the suites have run'
	@echo 'matrix           builds and runs on the kernels 5.10 to newest, five architectures, gcc and clang'
	@echo 'test-packages    the Debian packages in new Debian 12 and 13: install, upgrade, purge'
	@echo 'igt              tests of igt-gpu-tools on the sample vga, which is a display'
	@echo 'bench            instructions of each call beside the call of Linux, on a stock kernel'
	@echo 'bench-plot       the ratios of the last make bench as a picture, build/bench.svg'
	@echo 'lint             checkpatch, sparse, W=1, kernel-doc, shellcheck'
	@echo 'htmldocs         the documents as HTML, build/htmldocs/index.html'
	@echo 'dist             the sources as build/vpmem-VERSION.tar.gz'
	@echo 'deb              Debian packages in build/, for the release that builds them'
	@echo 'conformance      write the tables of conformance.rst from the comments of the tests'
	@echo 'setup            install what these need, through apt'
	@echo
	@echo 'KVER=            kernel of demo, shell and bench: 5.10, 6.1, 6.12, ... or a full name'
	@echo 'SAMPLE=          sample miniport of the shell: vbe (default), vga, legacy'
	@echo 'PORT=            directory of a port that the shell builds and loads in place of it'
	@echo 'CELLS=           cells of the matrix: 5.10, s390x, clang, 6.12-rt/amd64/gcc, ...'
	@echo 'SUITE=, ROLE=    system and user of test-fresh: bookworm, trixie; root, user'
	@echo 'V=1, CC=, LLVM=1 as in the kernel'

.PHONY: all modules modules_install need-headers helper install-helper vpmon install-vpmon
.PHONY: install-dev install-symvers install-example install-dkms uninstall-dkms
.PHONY: install uninstall
.PHONY: deb test-packages
.PHONY: clean dist setup demo shell bench bench-plot
.PHONY: igt test test-quick test-faults test-kmsan storm races soak fuzz coverage matrix test-fresh lint conformance htmldocs help
