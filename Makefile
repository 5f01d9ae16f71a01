# Run `make help` for the targets.
VERSION = 0.1.0
BUILD ?= build
PREFIX ?= /usr/local
CC ?= cc
CFLAGS ?= -O2 -g
WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wundef -Wvla -Werror
STANDARD = -std=c11 -D_POSIX_C_SOURCE=200809L -DSTRIDEC_VERSION='"$(VERSION)"'
# A path of the build machine never gets into a binary.
COMPILE = $(CC) $(STANDARD) $(CFLAGS) $(WARNINGS) $(SANITIZE) -ffile-prefix-map=$(CURDIR)=. -MMD -MP

LIB_SOURCES = $(wildcard lib/*/*.c)
LIB_OBJECTS = $(LIB_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/builtin.o
CLI_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard cli/*.c))
LIBS = -lyaml -lutf8proc

# Goals that run each other's parts go one after the other; what each of them makes is made in parallel.
ifneq ($(filter demo check accept asan bench check-clean check-slow deps deps-test deps-bench,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif

all: $(BUILD)/stridec $(BUILD)/stridec-layout $(BUILD)/libstridec.a ## build stridec, its layout program and the library

$(BUILD)/lib/%.o: lib/%.c
	@mkdir -p $(@D)
	$(COMPILE) -Ilib -Iinclude -c -o $@ $<

# The command line sees the public header and nothing else.
$(BUILD)/cli/%.o: cli/%.c
	@mkdir -p $(@D)
	$(COMPILE) -Iinclude -c -o $@ $<

# The rule pack becomes an array of bytes in the library.
$(BUILD)/builtin.c: lib/analysis/builtin.dfd
	@mkdir -p $(@D)
	{ echo '#include "analysis/builtin.h"'; echo 'const char builtin_rules[] = {'; \
	  od -An -v -tu1 $< | sed 's/\([0-9]\{1,\}\)/\1,/g'; echo '0};'; \
	  echo 'const unsigned long builtin_rules_length = sizeof builtin_rules - 1;'; } >$@

$(BUILD)/builtin.o: $(BUILD)/builtin.c
	$(COMPILE) -Ilib -c -o $@ $<

$(BUILD)/libstridec.a: $(LIB_OBJECTS)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/stridec: $(CLI_OBJECTS) $(BUILD)/libstridec.a
	$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ $(LIBS)

# The layout program: the only one that links Graphviz, with its plug-ins instead of a search for them.
LAYOUT_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard layout/*.c))
PLUGINS = $(realpath $(dir $(shell $(CC) -print-file-name=libgvc.so))graphviz)
# The picture's digest holds the version of Graphviz that draws it.
GRAPHVIZ_VERSION = $(shell echo PACKAGE_VERSION | $(CC) -E -P -include graphviz/graphviz_version.h -)
$(BUILD)/lib/emit/svg.o: STANDARD += -DGRAPHVIZ_VERSION='$(GRAPHVIZ_VERSION)'

$(BUILD)/layout/%.o: layout/%.c
	@mkdir -p $(@D)
	$(COMPILE) $(if $(SANITIZE),-DLAYOUT_UNLIMITED_MEMORY) -Ilib -c -o $@ $<

$(BUILD)/stridec-layout: $(LAYOUT_OBJECTS)
	$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ -L$(PLUGINS) -Wl,-rpath,$(PLUGINS) \
	  -lgvplugin_dot_layout -lgvplugin_core -lgvc -lcgraph

-include $(LAYOUT_OBJECTS:.o=.d)

# Tests: each tests/NAME.c is a program; what they share is in support.c. Two look inside the library.
TEST_SOURCES = $(filter-out tests/support.c,$(wildcard tests/*.c))
TESTS = $(TEST_SOURCES:%.c=$(BUILD)/%)
RUNS = $(TEST_SOURCES:tests/%.c=run-%)
$(BUILD)/tests/unit.o $(BUILD)/tests/diagnostics.o: INSIDE = -Ilib

$(BUILD)/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(COMPILE) $(INSIDE) -Iinclude -c -o $@ $<

$(TESTS): %: %.o $(BUILD)/tests/support.o $(BUILD)/libstridec.a
	$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ -lcmocka -ljansson $(LIBS)

# The geometry checker measures text as the layout does.
$(BUILD)/tests/geometry: $(BUILD)/layout/metrics.o

tests: all $(TESTS)

$(RUNS): run-%:
	BUILD=$(abspath $(BUILD)) $(BUILD)/tests/$*

# Every program runs, also behind one that fails.
run-tests: tests
	@$(MAKE) --no-print-directory -k --output-sync=target $(RUNS)

demo: ## install what is missing, build, and compile both samples
	@$(MAKE) --no-print-directory deps
	@$(MAKE) --no-print-directory all
	$(BUILD)/stridec build samples/payment/payment.dfd
	$(BUILD)/stridec build samples/file-upload/file-upload.dfd
	@echo; echo "Look at:"; ls samples/*/*.svg samples/*/THREAT-MODEL.md | sed 's/^/  /'

check: ## install what the tests need, build, and run all tests
	@$(MAKE) --no-print-directory deps
	@$(MAKE) --no-print-directory deps-test
	@$(MAKE) --no-print-directory run-tests
	@$(MAKE) --no-print-directory check-doc

accept: tests ## write the expected files of all cases anew; the diff is the review
	ACCEPT=1 BUILD=$(abspath $(BUILD)) $(BUILD)/tests/golden
	ACCEPT=1 BUILD=$(abspath $(BUILD)) $(BUILD)/tests/diagnostics

asan: ## the same tests under ASan and UBSan, in build-asan
	@$(MAKE) --no-print-directory BUILD=build-asan CFLAGS='-O1 -g' \
	  SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer' run-tests

check-clean: ## demo and check in a fresh Debian 12 with only git, make and certificates (root)
	sh tests/clean.sh

check-slow: all tests ## check-clean, and the tests that wait
	SLOW=1 BUILD=$(abspath $(BUILD)) $(BUILD)/tests/environment
	@$(MAKE) --no-print-directory check-clean

BENCH = $(patsubst %.c,$(BUILD)/%,$(wildcard bench/*.c))
$(BUILD)/bench/%: bench/%.c
	@mkdir -p $(@D)
	$(COMPILE) -o $@ $< -lyaml

bench-programs: $(BENCH)

bench: ## the ratios of speed beside their targets
	@$(MAKE) --no-print-directory deps deps-bench
	@$(MAKE) --no-print-directory all bench-programs
	bash bench/run.sh $(BUILD)

# The reference pages of the manual, made from the tables in lib/.
REFERENCE = attributes diagnostics truths
$(BUILD)/doc/%.o: doc/%.c
	@mkdir -p $(@D)
	$(COMPILE) -Ilib -c -o $@ $<

$(BUILD)/doc/tables: $(BUILD)/doc/tables.o $(BUILD)/libstridec.a
	$(CC) $(CFLAGS) $(SANITIZE) -o $@ $^ $(LIBS)

$(REFERENCE:%=$(BUILD)/doc/%.md): $(BUILD)/doc/%.md: $(BUILD)/doc/tables
	$< $* >$@

doc: $(REFERENCE:%=$(BUILD)/doc/%.md) ## write the reference pages in doc/ anew from the tables
	cp $^ doc/

# The reference pages are up to date, the examples compile, the paths that the pages name exist.
check-doc: $(REFERENCE:%=$(BUILD)/doc/%.md) $(BUILD)/stridec
	@for page in $(REFERENCE); do \
	  diff -u doc/$$page.md $(BUILD)/doc/$$page.md || { echo "doc/$$page.md is stale: make doc"; exit 1; }; done
	CC='$(CC)' BUILD=$(abspath $(BUILD)) sh tests/doc_examples.sh

# Installs Debian packages that are not there. Elsewhere the compiler says what is missing.
define install
	@command -v dpkg-query >/dev/null || { echo "not Debian; needed: $(1)"; exit 0; }; \
	missing=; for package in $(1); do \
	  case $$(dpkg-query -W -f '$${Status}' $$package 2>/dev/null) in \
	    *' ok installed') ;; *) missing="$$missing $$package" ;; esac; done; \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ]; then as_root=; \
	elif command -v sudo >/dev/null; then as_root=sudo; \
	else echo "missing, to be installed by root:$$missing" >&2; exit 1; fi; \
	echo "installing$$missing"; \
	$$as_root apt-get update -q && \
	DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -q -y --no-install-recommends $$missing
endef

deps: ## install the Debian packages that the build needs
	$(call install,$(if $(shell command -v $(CC) 2>/dev/null),,gcc) libc6-dev libutf8proc-dev libyaml-dev libgraphviz-dev)

deps-test: ## install those that the tests need
	$(call install,libcmocka-dev libjansson-dev)

deps-bench: ## install those that the benchmarks need
	$(call install,jq graphviz)

format: ## clang-format over all C files
	clang-format -i $(wildcard include/*.h lib/*/*.[ch] cli/*.[ch] layout/*.[ch] tests/*.[ch] bench/*.c)

clean: ## remove what was built
	rm -rf $(BUILD) build-asan

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: all tests run-tests demo check accept asan check-clean check-slow bench bench-programs deps \
	deps-test deps-bench doc check-doc format clean help $(RUNS)
.SECONDARY: $(TESTS:=.o)

-include $(LIB_OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d) $(BUILD)/doc/tables.d $(TESTS:=.d) $(BUILD)/tests/support.d
