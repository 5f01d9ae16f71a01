# Run `make help` for the targets, and `make V=1 TARGET` to see every command and every test. What builds
# and installs is here; tests/tests.mk tests, tests/fuzz/fuzz.mk fuzzes.
VERSION = 0.1.0
# The number of the shared library's interface: it goes up when a program linked before would break.
ABI = 0
BUILD ?= build
# One name for one folder, as the lists of what objects depend on name them: an absolute path of a folder
# in here would find none of those that are there, and leave stale objects.
override BUILD := $(patsubst $(CURDIR)/%,%,$(abspath $(BUILD)))
# Where `make install` puts things; DESTDIR, for packagers, is put before all of them.
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
CC ?= cc
OBJCOPY ?= objcopy
CFLAGS ?= -O2 -g
# A warning of another compiler does not stop an ordinary build; .ci/run and the sanitizer builds set
# WERROR. A row of a table without its case in a switch stops every build.
WERROR ?=
WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wundef -Wvla -Werror=switch $(if $(WERROR),-Werror)
STANDARD = -std=c11 -D_POSIX_C_SOURCE=200809L -DSTRIDEC_VERSION='"$(VERSION)"'

# Hardening, whatever CFLAGS says. Compilers that lack one of the flags do without it; fortified
# functions need optimization, and sanitizers want to see the plain ones.
taken_flag = $(shell $(CC) -Werror $(1) -x c -c -o /dev/null /dev/null 2>/dev/null && echo $(1))
# The compiler is asked once: a make that another one starts, with the same compiler, has the answer.
ifneq ($(ASKED_COMPILER),$(CC))
export ASKED_COMPILER := $(CC)
export TAKEN_FLAGS := $(call taken_flag,-fstack-protector-strong) $(call taken_flag,-fstack-clash-protection)
endif
HARDENING := $(TAKEN_FLAGS)
ifneq ($(filter-out -O0,$(lastword $(filter -O%,$(CFLAGS)))),)
ifeq ($(SANITIZE)$(findstring _FORTIFY_SOURCE,$(CFLAGS) $(CPPFLAGS)),)
HARDENING += -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
endif
endif
# A path of the build machine never gets into a binary.
UNNAMED = -ffile-prefix-map=$(abspath $(BUILD))=build -ffile-prefix-map=$(CURDIR)=.
COMPILE = $(CC) $(STANDARD) $(CPPFLAGS) $(CFLAGS) $(HARDENING) -fPIE $(WARNINGS) $(SANITIZE) $(UNNAMED) \
	-MMD -MP
LINK = $(CC) $(CFLAGS) $(SANITIZE) -Wl,-z,relro,-z,now $(LDFLAGS)

LIB_SOURCES = $(wildcard lib/*/*.c)
SCHEMAS = output diff # lib/emit/NAME.schema.json
PAGE = script style # lib/emit/page/page.js and page.css
CLI_SCHEMAS = report summary # cli/NAME.schema.json
PACKS = builtin tested
LIB_OBJECTS = $(LIB_SOURCES:%.c=$(BUILD)/%.o) $(PACKS:%=$(BUILD)/%.o) $(SCHEMAS:%=$(BUILD)/%_schema.o) $(PAGE:%=$(BUILD)/page_%.o)
# Without libmicrohttpd all is there but `watch`. It is loaded by that, so nothing links it.
HTTPD := $(shell echo '\#include <microhttpd.h>' | $(CC) $(CPPFLAGS) -E - >/dev/null 2>&1 && echo yes)
UNUSED = $(if $(HTTPD),cli/unserved.c,$(patsubst %,cli/%.c,httpd serving streams visitors))
CLI_SOURCES = $(filter-out $(UNUSED),$(wildcard cli/*.c))
CLI_OBJECTS = $(CLI_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/starter.o $(BUILD)/watch_script.o $(CLI_SCHEMAS:%=$(BUILD)/%_schema.o)
LIBS = -lyaml -lutf8proc

# Goals that run each other's parts go one after the other; what each of them makes is made in parallel.
ifneq ($(filter demo check accept asan bench check-clean check-slow coverage deps deps-% fuzz,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif
.DELETE_ON_ERROR:

# Sub-makes say nothing of their commands unless V=1.
QUIET = --no-print-directory $(if $(V),,-s)

# Objects are made anew when the flags change, and programs linked anew when a source comes or goes: each
# of the two lists is kept in a file that changes with it. Only the objects among the prerequisites are
# linked. The lists do not hold BUILD as it is written, so that a test that runs `make install` rebuilds
# nothing.
OBJECTS = $(filter %.o %.a,$^)
FLAGS_STAMP = $(BUILD)/stamps/flags
SOURCES_STAMP = $(BUILD)/stamps/sources
.DEFAULT_GOAL = all
$(FLAGS_STAMP): LIST = $(filter-out -Werror,$(COMPILE) $(LINK))
$(SOURCES_STAMP): LIST = $(LIB_SOURCES) $(CLI_SOURCES) $(wildcard lib/layout/program/*.c)
$(FLAGS_STAMP) $(SOURCES_STAMP): always
	$(shell mkdir -p $(@D))$(file >$@.new,$(LIST))@cmp -s $@ $@.new || mv $@.new $@
always:

all: $(BUILD)/stridec $(BUILD)/stridec-layout $(BUILD)/libstridec.a $(BUILD)/libstridec.so ## build stridec, its layout program and the library

# One set of objects for both libraries. The header says which functions are public.
LIB_COMPILE = $(COMPILE) -fPIC -fvisibility=hidden -Ilib -Iinclude

$(BUILD)/lib/%.o: lib/%.c
	@mkdir -p $(@D)
	$(LIB_COMPILE) -c -o $@ $<

# The command line sees the public header and nothing else.
$(BUILD)/cli/%.o: cli/%.c
	@mkdir -p $(@D)
	$(COMPILE) -Iinclude -c -o $@ $<

# Files that become arrays of bytes: $(call embed,NAME,HEADER).
define embed
	@mkdir -p $(@D)
	{ echo '#include "$(2)"'; echo 'const char $(1)[] = {'; \
	  od -An -v -tu1 $< | sed 's/\([0-9]\{1,\}\)/\1,/g'; echo '0};'; \
	  echo 'const unsigned long $(1)_length = sizeof $(1) - 1;'; } >$@
endef

# The rule pack, in the order in which a row shows its questions: specific rules before generic ones,
# and what came with later packs last.
RULES = $(patsubst %,lib/analysis/rules/%.dfd,method callers sessions input web messages stores logs \
	delivery machines models exhaustion generic \
	platforms devices builds learned peers freshness tokens exports abuse stored records \
	signin held vouching agents lifetimes between)
$(BUILD)/tested.dfd: $(RULES)
	@mkdir -p $(@D)
	cat $(RULES) >$@

$(BUILD)/builtin.dfd: $(BUILD)/tested.dfd lib/analysis/untested.awk
	awk -f lib/analysis/untested.awk $< >$@

$(PACKS:%=$(BUILD)/%.c): $(BUILD)/%.c: $(BUILD)/%.dfd
	$(call embed,$*_rules,analysis/builtin.h)

$(SCHEMAS:%=$(BUILD)/%_schema.c): $(BUILD)/%_schema.c: lib/emit/%.schema.json
	$(call embed,$*_schema,emit/schema.h)

$(BUILD)/page_script.c: lib/emit/page/page.js
	$(call embed,page_script,emit/page.h)

$(BUILD)/page_style.c: lib/emit/page/page.css
	$(call embed,page_style,emit/page.h)

$(PACKS:%=$(BUILD)/%.o) $(SCHEMAS:%=$(BUILD)/%_schema.o) $(PAGE:%=$(BUILD)/page_%.o): %.o: %.c
	$(LIB_COMPILE) -c -o $@ $<

$(BUILD)/starter.c: cli/starter.dfd
	$(call embed,starter_model,embedded.h)

$(BUILD)/watch_script.c: cli/watch.js
	$(call embed,watch_script,embedded.h)

$(CLI_SCHEMAS:%=$(BUILD)/%_schema.c): $(BUILD)/%_schema.c: cli/%.schema.json
	$(call embed,$*_schema,embedded.h)

$(BUILD)/starter.o $(BUILD)/watch_script.o $(CLI_SCHEMAS:%=$(BUILD)/%_schema.o): %.o: %.c
	$(COMPILE) -Icli -c -o $@ $<

# The archive holds one object in which hidden names are local: a program that embeds it may have a
# parse() of its own. Programs that look inside the library are linked with LIB_OBJECTS instead.
define one_object
	$(CC) $(CFLAGS) $(UNNAMED) $(if $(findstring -flto,$(CFLAGS)),-flinker-output=nolto-rel) -r -nostdlib -o $@.part $(OBJECTS)
	$(OBJCOPY) --localize-hidden $@.part $@
	rm -f $@.part
endef
$(BUILD)/libstridec.o: $(LIB_OBJECTS) $(SOURCES_STAMP)
	$(one_object)

$(BUILD)/libstridec.a: $(BUILD)/libstridec.o
	rm -f $@
	$(AR) rcs $@ $^

SHARED = libstridec.so.$(VERSION)
SONAME = libstridec.so.$(ABI)
$(BUILD)/$(SHARED): $(LIB_OBJECTS) $(SOURCES_STAMP)
	$(LINK) -shared -Wl,-soname,$(SONAME) $(if $(SANITIZE),,-Wl,-z,defs) -o $@ $(OBJECTS) $(LIBS)

$(BUILD)/libstridec.so: $(BUILD)/$(SHARED)
	ln -sf $(SHARED) $(BUILD)/$(SONAME)
	ln -sf $(SONAME) $@

$(BUILD)/stridec: $(CLI_OBJECTS) $(BUILD)/libstridec.a $(SOURCES_STAMP)
	$(LINK) -pie -o $@ $(OBJECTS) $(LIBS) -ljansson

# The layout program: the only one that links Graphviz, with its plug-ins instead of a search for them.
LAYOUT_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard lib/layout/program/*.c))
PLUGINS = $(realpath $(dir $(shell $(CC) -print-file-name=libgvc.so))graphviz)
# The picture's digest holds the version of Graphviz that draws it.
GRAPHVIZ_VERSION = $(shell echo PACKAGE_VERSION | $(CC) -E -P -include graphviz/graphviz_version.h -)
$(BUILD)/lib/emit/svg.o: private STANDARD += -DGRAPHVIZ_VERSION='$(GRAPHVIZ_VERSION)'

$(BUILD)/lib/layout/program/%.o: lib/layout/program/%.c
	@mkdir -p $(@D)
	$(COMPILE) $(if $(SANITIZE),-DLAYOUT_UNLIMITED_MEMORY) -Ilib -c -o $@ $<

$(BUILD)/stridec-layout: $(LAYOUT_OBJECTS) $(SOURCES_STAMP)
	$(LINK) -pie -o $@ $(OBJECTS) -L$(PLUGINS) -Wl,-rpath,$(PLUGINS) \
	  -lgvplugin_dot_layout -lgvplugin_core -lgvc -lcgraph

$(LIB_OBJECTS) $(CLI_OBJECTS) $(LAYOUT_OBJECTS): Makefile $(FLAGS_STAMP)

# Pages of the manual and completions of shells, made by the program itself from its tables.
COMMANDS = $(shell awk -F '"' '/^COMMAND/ { print $$2 }' cli/commands.def)
MAN_PAGES = $(BUILD)/man/stridec.1 $(COMMANDS:%=$(BUILD)/man/stridec-%.1)
SHELLS = bash zsh fish
COMPLETIONS = $(SHELLS:%=$(BUILD)/completions/stridec.%)
$(BUILD)/man/stridec.1: $(BUILD)/stridec
	@mkdir -p $(@D)
	$< help --man >$@

$(BUILD)/man/stridec-%.1: $(BUILD)/stridec
	@mkdir -p $(@D)
	$< help --man $* >$@

$(BUILD)/completions/stridec.%: $(BUILD)/stridec
	@mkdir -p $(@D)
	$< completions $* >$@

man: $(MAN_PAGES) $(COMPLETIONS) ## write the pages of the manual and the completions of shells

# The program looks for its layout program relative to its own place: ../libexec/stridec.
TO_BIN = $(DESTDIR)$(PREFIX)/bin
TO_LIBEXEC = $(DESTDIR)$(PREFIX)/libexec/stridec
TO_LIB = $(DESTDIR)$(LIBDIR)
TO_INCLUDE = $(DESTDIR)$(INCLUDEDIR)
TO_SHARE = $(DESTDIR)$(PREFIX)/share
TO_DOC = $(TO_SHARE)/doc/stridec
TO_MAN = $(TO_SHARE)/man/man1
TO_BASH = $(TO_SHARE)/bash-completion/completions
TO_ZSH = $(TO_SHARE)/zsh/site-functions
TO_FISH = $(TO_SHARE)/fish/vendor_completions.d
MANUAL = LICENSE $(wildcard doc/*.md doc/*.png) doc/example.c

install: all man ## install into PREFIX (/usr/local), below DESTDIR
	install -d "$(TO_BIN)" "$(TO_LIBEXEC)" "$(TO_LIB)/pkgconfig" "$(TO_INCLUDE)" "$(TO_DOC)" \
	  "$(TO_MAN)" "$(TO_BASH)" "$(TO_ZSH)" "$(TO_FISH)"
	install $(BUILD)/stridec "$(TO_BIN)"
	install $(BUILD)/stridec-layout "$(TO_LIBEXEC)"
	install -m 644 $(BUILD)/libstridec.a $(BUILD)/$(SHARED) "$(TO_LIB)"
	ln -sf $(SHARED) "$(TO_LIB)/$(SONAME)"
	ln -sf $(SONAME) "$(TO_LIB)/libstridec.so"
	install -m 644 include/stridec.h "$(TO_INCLUDE)"
	install -m 644 $(MANUAL) "$(TO_DOC)"
	cp -R doc/ci doc/gallery "$(TO_DOC)"
	install -m 644 $(MAN_PAGES) "$(TO_MAN)"
	install -m 644 $(BUILD)/completions/stridec.bash "$(TO_BASH)/stridec"
	install -m 644 $(BUILD)/completions/stridec.zsh "$(TO_ZSH)/_stridec"
	install -m 644 $(BUILD)/completions/stridec.fish "$(TO_FISH)"
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' \
	  -e 's|@LAYOUT@|$(PREFIX)/libexec/stridec/stridec-layout|' \
	  -e 's|@VERSION@|$(VERSION)|' -e 's|@LIBS@|$(LIBS)|' lib/stridec.pc.in >"$(TO_LIB)/pkgconfig/stridec.pc"
	chmod 644 "$(TO_LIB)/pkgconfig/stridec.pc"

uninstall: ## remove what install put there; same PREFIX and DESTDIR
	rm -f "$(TO_BIN)/stridec" "$(TO_LIBEXEC)/stridec-layout" "$(TO_INCLUDE)/stridec.h" \
	  "$(TO_LIB)/libstridec.a" "$(TO_LIB)/$(SHARED)" "$(TO_LIB)/$(SONAME)" "$(TO_LIB)/libstridec.so" \
	  "$(TO_LIB)/pkgconfig/stridec.pc" $(foreach page,$(notdir $(MANUAL)),"$(TO_DOC)/$(page)") \
	  $(foreach page,$(notdir $(MAN_PAGES)),"$(TO_MAN)/$(page)") \
	  "$(TO_BASH)/stridec" "$(TO_ZSH)/_stridec" "$(TO_FISH)/stridec.fish"
	rm -rf "$(TO_DOC)/ci" "$(TO_DOC)/gallery"
	rmdir "$(TO_LIBEXEC)" "$(TO_DOC)" 2>/dev/null || true

demo: ## install what is missing, build, and compile the samples
	@$(MAKE) --no-print-directory deps
	@echo "Building"; $(MAKE) $(QUIET) all
	@set -e; for twin in samples/*/*.yaml; do \
	  echo "$(BUILD)/stridec build $${twin%.yaml}.dfd"; $(BUILD)/stridec build $${twin%.yaml}.dfd; done
	@echo; echo "Look at:"; ls samples/*/*.svg samples/*/THREAT-MODEL.md | sed 's/^/  /'

# The reference pages of the manual, made from the tables in lib/.
REFERENCE = attributes coverage diagnostics glossary truths
$(BUILD)/doc/%.o: doc/%.c
	@mkdir -p $(@D)
	$(COMPILE) -Ilib -Iinclude -c -o $@ $<

$(BUILD)/doc/tables: $(BUILD)/doc/tables.o $(LIB_OBJECTS)
	$(LINK) -pie -o $@ $(OBJECTS) $(LIBS)

$(REFERENCE:%=$(BUILD)/doc/%.md): $(BUILD)/doc/%.md: $(BUILD)/doc/tables
	$< $* >$@

$(BUILD)/doc/tables.o: $(FLAGS_STAMP)

doc: $(REFERENCE:%=$(BUILD)/doc/%.md) ## write the reference pages in doc/ anew from the tables
	cp $^ doc/

# Installs Debian packages that are not there. Elsewhere the compiler says what is missing.
define install
	@command -v dpkg-query >/dev/null || { echo "not Debian; needed: $(1)"; exit 0; }; \
	there=$$(dpkg-query -W -f ' $${Package}=$${db:Status-Status} ' $(1) 2>/dev/null); \
	missing=; for package in $(1); do \
	  case $$there in *" $$package=installed "*) ;; *) missing="$$missing $$package" ;; esac; done; \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ]; then as_root=; \
	elif command -v sudo >/dev/null; then as_root=sudo; \
	else echo "missing, to be installed by root:$$missing" >&2; exit 1; fi; \
	echo "installing$$missing"; \
	$$as_root apt-get update -q && \
	DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -q -y --no-install-recommends $$missing
endef

deps: ## install the Debian packages that the build needs
	$(call install,$(if $(shell command -v $(CC) 2>/dev/null),,gcc) libc6-dev libutf8proc-dev libyaml-dev libjansson-dev libgraphviz-dev libmicrohttpd-dev)

deps-test: ## install those that the tests need
	$(call install,libcmocka-dev pkg-config libcmark-gfm-dev libcmark-gfm-extensions-dev ninja-build strace jq)

deps-fuzz: ## install those that fuzzing needs
	$(call install,clang libclang-rt-14-dev llvm)

deps-static: ## install those that checks of the code need
	$(call install,gcc clang-tidy)

deps-coverage: ## install those that the table of coverage needs
	$(call install,gcc gcovr)

deps-tools: ## install the build tools that doc/ci is tried with
	$(call install,pre-commit bazel-bootstrap git)

deps-memory: ## install those that memcheck needs
	$(call install,valgrind)

# The npm package is for tests only, and lies with what is built.
deps-browser: ## install those that the report is tried with in a browser
	$(call install,chromium chromium-driver $(if $(shell command -v node 2>/dev/null),,nodejs) fonts-liberation)
	@if command -v npm >/dev/null; then \
	  [ -d $(BUILD)/browser/node_modules/axe-core ] || npm install --silent --no-audit --no-fund --prefix $(BUILD)/browser axe-core@4; \
	else echo "npm is not here, so axe-core is not, and check-browser fails"; fi

deps-clean: ## install those that a fresh Debian is made with
	$(call install,debootstrap mount)

deps-bench: ## install those that the benchmarks need
	$(call install,jq graphviz)

format: ## clang-format over all C files
	clang-format -i $(wildcard include/*.h lib/*/*.[ch] lib/*/*/*.[ch] cli/*.[ch] tests/*.[ch] tests/*/*.[ch] doc/*.c)

clean: ## remove what was built
	rm -rf $(BUILD) build-asan build-tsan build-fuzz build-coverage

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

include tests/tests.mk tests/fuzz/fuzz.mk

.PHONY: always all man install uninstall demo doc deps deps-test deps-bench deps-fuzz deps-static deps-tools deps-memory \
	deps-coverage deps-browser deps-clean format clean help

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
