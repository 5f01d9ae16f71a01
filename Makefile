# Run `make help` for the targets.
VERSION = 0.1.0
# The number of the shared library's interface: it goes up when a program linked before would break.
ABI = 0
BUILD ?= build
# Where `make install` puts things; DESTDIR, for packagers, stands before all of them.
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
CC ?= cc
OBJCOPY ?= objcopy
CFLAGS ?= -O2 -g
WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wundef -Wvla -Werror
STANDARD = -std=c11 -D_POSIX_C_SOURCE=200809L -DSTRIDEC_VERSION='"$(VERSION)"'

# Hardening, whatever CFLAGS says. Compilers that lack one of the flags do without it; fortified
# functions need optimization, and sanitizers want to see the plain ones.
taken_flag = $(shell $(CC) -Werror $(1) -x c -c -o /dev/null /dev/null 2>/dev/null && echo $(1))
HARDENING := $(call taken_flag,-fstack-protector-strong) $(call taken_flag,-fstack-clash-protection)
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
LIB_OBJECTS = $(LIB_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/builtin.o $(BUILD)/output_schema.o
CLI_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard cli/*.c)) $(BUILD)/starter.o $(BUILD)/report_schema.o
LIBS = -lyaml -lutf8proc

# Goals that run each other's parts go one after the other; what each of them makes is made in parallel.
ifneq ($(filter demo check accept asan bench check-clean check-slow coverage deps deps-test deps-bench deps-fuzz deps-static fuzz,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif

all: $(BUILD)/stridec $(BUILD)/stridec-layout $(BUILD)/libstridec.a $(BUILD)/libstridec.so ## build stridec, its layout program and the library

# One set of objects for both libraries. What is public says the header.
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

# The rule pack, in the order in which a row shows its questions: specific rules before generic ones.
RULES = $(patsubst %,lib/analysis/rules/%.dfd,method callers sessions input web messages stores logs \
	delivery machines models exhaustion generic)
$(BUILD)/builtin.dfd: $(RULES)
	@mkdir -p $(@D)
	cat $(RULES) >$@

$(BUILD)/builtin.c: $(BUILD)/builtin.dfd
	$(call embed,builtin_rules,analysis/builtin.h)

$(BUILD)/output_schema.c: lib/emit/output.schema.json
	$(call embed,output_schema,emit/schema.h)

$(BUILD)/builtin.o $(BUILD)/output_schema.o: %.o: %.c
	$(LIB_COMPILE) -c -o $@ $<

$(BUILD)/starter.c: cli/starter.dfd
	$(call embed,starter_model,embedded.h)

$(BUILD)/report_schema.c: cli/report.schema.json
	$(call embed,report_schema,embedded.h)

$(BUILD)/starter.o $(BUILD)/report_schema.o: %.o: %.c
	$(COMPILE) -Icli -c -o $@ $<

# The archive holds one object in which hidden names are local: a program that embeds it may have a
# parse() of its own. What looks inside the library is linked with LIB_OBJECTS instead.
$(BUILD)/libstridec.o: $(LIB_OBJECTS)
	$(CC) $(CFLAGS) $(UNNAMED) $(if $(findstring -flto,$(CFLAGS)),-flinker-output=nolto-rel) -r -nostdlib -o $@.part $^
	$(OBJCOPY) --localize-hidden $@.part $@
	rm -f $@.part

$(BUILD)/libstridec.a: $(BUILD)/libstridec.o
	rm -f $@
	$(AR) rcs $@ $^

SHARED = libstridec.so.$(VERSION)
SONAME = libstridec.so.$(ABI)
$(BUILD)/$(SHARED): $(LIB_OBJECTS)
	$(LINK) -shared -Wl,-soname,$(SONAME) $(if $(SANITIZE),,-Wl,-z,defs) -o $@ $^ $(LIBS)

$(BUILD)/libstridec.so: $(BUILD)/$(SHARED)
	ln -sf $(SHARED) $(BUILD)/$(SONAME)
	ln -sf $(SONAME) $@

$(BUILD)/stridec: $(CLI_OBJECTS) $(BUILD)/libstridec.a
	$(LINK) -pie -o $@ $^ $(LIBS)

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
	$(LINK) -pie -o $@ $^ -L$(PLUGINS) -Wl,-rpath,$(PLUGINS) \
	  -lgvplugin_dot_layout -lgvplugin_core -lgvc -lcgraph

# Objects made with other flags do not fit together.
$(LIB_OBJECTS) $(CLI_OBJECTS) $(LAYOUT_OBJECTS): Makefile

-include $(LAYOUT_OBJECTS:.o=.d)

# Tests: each tests/NAME.c is a program; what they share is in support.c. INSIDERS look
# inside the library.
TEST_SOURCES = $(filter-out tests/support.c,$(wildcard tests/*.c))
TESTS = $(TEST_SOURCES:%.c=$(BUILD)/%)
RUNS = $(TEST_SOURCES:tests/%.c=run-%)
INSIDERS = $(patsubst %,$(BUILD)/tests/%,unit diagnostics pack balance mutation variants)
RULE_PARTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/rules/*.c))
$(INSIDERS:=.o) $(RULE_PARTS): INSIDE = -Ilib

$(BUILD)/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(COMPILE) $(INSIDE) -Iinclude -c -o $@ $<

$(TESTS): %: %.o $(BUILD)/tests/support.o
	$(LINK) -pie -o $@ $^ -lcmocka -ljansson $(LIBS)

$(INSIDERS): $(LIB_OBJECTS)
$(BUILD)/tests/balance $(BUILD)/tests/mutation: $(RULE_PARTS)
$(filter-out $(INSIDERS) $(BUILD)/tests/allocation,$(TESTS)): $(BUILD)/libstridec.a

# An arena of small blocks, and libyaml as an archive, so that each allocation of either can fail.
$(BUILD)/tests/small_arena.o: lib/base/arena.c
	@mkdir -p $(@D)
	$(COMPILE) -DFIRST_BLOCK='(size_t)64' -DLARGEST_BLOCK=FIRST_BLOCK -Ilib -c -o $@ $<

$(BUILD)/tests/allocation: $(filter-out %/base/arena.o,$(LIB_OBJECTS)) $(BUILD)/tests/small_arena.o
$(BUILD)/tests/allocation: LIBS = -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=strdup -l:libyaml.a -lutf8proc

# The geometry checker measures text as the layout does.
$(BUILD)/tests/geometry: $(BUILD)/layout/metrics.o

tests: all $(TESTS) $(BUILD)/bench/quality

$(BUILD)/tests/threads: LIBS += -pthread
run-threads: all $(BUILD)/tests/threads

$(RUNS): run-%:
	BUILD=$(abspath $(BUILD)) $(BUILD)/tests/$*

# Every program runs, also behind one that fails.
run-tests: tests
	@$(MAKE) --no-print-directory -k --output-sync=target $(RUNS)

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

# The program finds its layout program from where it stands itself: ../libexec/stridec.
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
MANUAL = LICENSE $(wildcard doc/*.md) doc/example.c

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
	rmdir "$(TO_LIBEXEC)" "$(TO_DOC)" 2>/dev/null || true

# What is built looks as it should, and an installed copy can be used.
check-install: all
	CC='$(CC)' BUILD=$(abspath $(BUILD)) HARDENING='$(HARDENING)' sh tests/binaries.sh
	CC='$(CC)' BUILD=$(abspath $(BUILD)) MAKE='$(MAKE) --no-print-directory' sh tests/install.sh

demo: ## install what is missing, build, and compile both samples
	@$(MAKE) --no-print-directory deps
	@echo "building"; $(MAKE) --no-print-directory -s all
	$(BUILD)/stridec build samples/payment/payment.dfd
	$(BUILD)/stridec build samples/file-upload/file-upload.dfd
	@echo; echo "Look at:"; ls samples/*/*.svg samples/*/THREAT-MODEL.md | sed 's/^/  /'

check: ## install what the tests need, build, and run all tests
	@$(MAKE) --no-print-directory deps
	@$(MAKE) --no-print-directory deps-test
	@$(MAKE) --no-print-directory run-tests
	@$(MAKE) --no-print-directory fuzz-replay
	@$(MAKE) --no-print-directory check-doc
	@$(MAKE) --no-print-directory check-install

accept: tests ## write the expected files of all cases anew; the diff is the review
	ACCEPT=1 BUILD=$(abspath $(BUILD)) $(BUILD)/tests/golden
	ACCEPT=1 BUILD=$(abspath $(BUILD)) $(BUILD)/tests/diagnostics

asan: ## the same tests under ASan and UBSan, in build-asan
	@$(MAKE) --no-print-directory BUILD=build-asan CFLAGS='-O1 -g' \
	  SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer' run-tests fuzz-replay

tsan: ## compilations in several threads at once under TSan, in build-tsan
	@$(MAKE) --no-print-directory BUILD=build-tsan CFLAGS='-O1 -g' SANITIZE=-fsanitize=thread run-threads

check-clean: ## demo, check and install in a fresh Debian 12 with only git, make and certificates (root)
	sh tests/clean.sh

# The program under memcheck. Its layout program is Graphviz, which keeps what it has.
check-memory: all
	BUILD=$(abspath $(BUILD)) sh tests/memcheck.sh

# The code itself. Nothing in layout/ is freed: it draws one picture and leaves.
CHECKED = $(LIB_SOURCES) $(wildcard cli/*.c layout/*.c)
CHECK_FLAGS = $(STANDARD) -DGRAPHVIZ_VERSION='"any"' $(if $(filter cli/%,$*),,-Ilib) -Iinclude
CHECKS = $(CHECKED:%=static-%)
$(CHECKS): static-%:
	@gcc $(CHECK_FLAGS) $(WARNINGS) -O2 -fanalyzer $(if $(filter layout/%,$*),-Wno-analyzer-malloc-leak) -c -o /dev/null $*
	@found=$$(clang-tidy --quiet $* -- $(CHECK_FLAGS) 2>&1) || { echo "$$found"; exit 1; }

run-static: $(CHECKS)

check-static: ## gcc's analyzer and clang-tidy over lib, cli and layout
	@$(MAKE) --no-print-directory deps deps-static
	@$(MAKE) --no-print-directory -k --output-sync=target $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc)) run-static

# Counters are written at exit, which the layout program goes without. After a longjmp gcov's sums do
# not work out, which gcovr takes for lines it cannot read.
GCOVR = gcovr --root . --object-directory build-coverage --gcov-ignore-parse-errors \
	--filter lib/ --filter cli/ --filter layout/ 2>/dev/null
coverage: ## which lines and branches the tests reach, with objects in build-coverage
	@$(MAKE) --no-print-directory deps deps-test deps-coverage
	@find build-coverage -name '*.gcda' -delete 2>/dev/null || true
	@GCOV_ERROR_FILE=/dev/null $(MAKE) --no-print-directory BUILD=build-coverage CFLAGS='-O0 -g' CPPFLAGS=-D_exit=exit \
	  SANITIZE='--coverage -fprofile-update=atomic' run-tests fuzz-replay
	@$(GCOVR)
	@$(GCOVR) --branches --print-summary

mutate: $(BUILD)/tests/mutation ## change the conditions of the rules one by one; print what no example notices
	$(BUILD)/tests/mutation

check-slow: all tests ## the tests that wait, memcheck, tsan, check-static and check-clean
	SLOW=1 BUILD=$(abspath $(BUILD)) $(BUILD)/tests/environment
	SLOW=1 BUILD=$(abspath $(BUILD)) $(BUILD)/tests/forms
	SLOW=1 BUILD=$(abspath $(BUILD)) $(BUILD)/tests/allocation
	@$(MAKE) --no-print-directory deps-memory
	@$(MAKE) --no-print-directory check-memory
	@$(MAKE) --no-print-directory tsan
	@$(MAKE) --no-print-directory check-static
	@$(MAKE) --no-print-directory check-clean

BENCH = $(patsubst %.c,$(BUILD)/%,$(filter-out bench/quality%.c,$(wildcard bench/*.c)))
$(BENCH): $(BUILD)/bench/%: bench/%.c
	@mkdir -p $(@D)
	$(COMPILE) -o $@ $< -lyaml

bench-programs: $(BENCH)

bench: ## the ratios of speed beside their targets
	@$(MAKE) --no-print-directory deps deps-bench
	@$(MAKE) --no-print-directory all bench-programs
	bash bench/run.sh $(BUILD)

# The rule pack measured on the diagrams of experts, which are not in this repository.
QUALITY_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard bench/quality*.c))
$(QUALITY_OBJECTS): $(BUILD)/bench/%.o: bench/%.c
	@mkdir -p $(@D)
	$(COMPILE) -Iinclude -c -o $@ $<

$(BUILD)/bench/quality: $(QUALITY_OBJECTS) $(BUILD)/libstridec.a
	$(LINK) -pie -o $@ $^ -ljansson $(LIBS)

# All but what compiles: the arithmetic is tested on rows made up by hand.
$(BUILD)/tests/quality: $(patsubst %,$(BUILD)/bench/quality_%.o,diagram model choices score)

quality: $(BUILD)/bench/quality ## measure the rule pack on the diagrams in CORPUS; MISSED=1 lists what it misses
	@$(BUILD)/bench/quality $(if $(MISSED),--missed) '$(or $(CORPUS),$(error say where: make quality CORPUS=FOLDER))'

# The reference pages of the manual, made from the tables in lib/.
REFERENCE = attributes diagnostics truths
$(BUILD)/doc/%.o: doc/%.c
	@mkdir -p $(@D)
	$(COMPILE) -Ilib -c -o $@ $<

$(BUILD)/doc/tables: $(BUILD)/doc/tables.o $(LIB_OBJECTS)
	$(LINK) -pie -o $@ $^ $(LIBS)

$(REFERENCE:%=$(BUILD)/doc/%.md): $(BUILD)/doc/%.md: $(BUILD)/doc/tables
	$< $* >$@

doc: $(REFERENCE:%=$(BUILD)/doc/%.md) ## write the reference pages in doc/ anew from the tables
	cp $^ doc/

# The reference pages are up to date, the examples compile, the paths that the pages name exist.
check-doc: $(REFERENCE:%=$(BUILD)/doc/%.md) $(BUILD)/stridec
	@for page in $(REFERENCE); do \
	  diff -u doc/$$page.md $(BUILD)/doc/$$page.md || { echo "doc/$$page.md is stale: make doc"; exit 1; }; done
	CC='$(CC)' BUILD=$(abspath $(BUILD)) sh tests/doc_examples.sh

# Fuzzing: each tests/fuzz/fuzz_NAME.c is a program, by clang's libFuzzer or with replay.c as main.
FUZZ_SECONDS ?= 60
FUZZ_FLAGS = -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all \
	-fno-sanitize-coverage=trace-cmp -fno-omit-frame-pointer
FUZZ_TARGETS = $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SHARED = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/fuzz/oracle*.c) tests/fuzz/harness.c tests/fuzz/generator.c)
FUZZ_LIBS = -lcmark-gfm-extensions -lcmark-gfm -lcgraph -ljansson $(LIBS)
FUZZERS = $(FUZZ_TARGETS:%=$(BUILD)/fuzz/fuzz_%)
REPLAYS = $(FUZZ_TARGETS:%=$(BUILD)/fuzz/replay_%)
$(BUILD)/tests/fuzz/generator.o $(BUILD)/tests/fuzz/dictionary.o: INSIDE = -Ilib

$(REPLAYS): $(BUILD)/fuzz/replay_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/replay.o $(FUZZ_SHARED) $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(LINK) -pie -o $@ $^ $(FUZZ_LIBS)

# Each input compiles the rule pack several times: a fuzzer has the method and every fourth rule.
$(BUILD)/fuzz/pack.dfd: $(BUILD)/builtin.dfd
	@mkdir -p $(@D)
	awk '/^rule / { rules++ } /^  (hit|miss) / { test = 1 } !test && rules % 4 == 0 { print } /^  }/ { test = 0 }' $< >$@

$(BUILD)/fuzz/pack.c: $(BUILD)/fuzz/pack.dfd
	$(call embed,builtin_rules,analysis/builtin.h)

$(BUILD)/fuzz/pack.o: $(BUILD)/fuzz/pack.c
	$(LIB_COMPILE) -c -o $@ $<

$(FUZZERS): $(BUILD)/fuzz/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/fuzz/pack.o $(FUZZ_SHARED) $(filter-out $(BUILD)/builtin.o,$(LIB_OBJECTS))
	$(LINK) -fsanitize=fuzzer -o $@ $^ $(FUZZ_LIBS)

$(BUILD)/fuzz/dictionary: $(BUILD)/tests/fuzz/dictionary.o $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(LINK) -o $@ $^ $(LIBS)

$(BUILD)/fuzz/tokens.dict: tests/fuzz/words.dict $(BUILD)/fuzz/dictionary
	{ cat $<; $(BUILD)/fuzz/dictionary; } >$@

run-fuzz: $(FUZZERS) $(BUILD)/fuzz/tokens.dict
	BUILD=$(abspath $(BUILD)) FUZZ_SECONDS=$(FUZZ_SECONDS) sh tests/fuzz/run.sh $(FUZZ_TARGETS)

# Each allocation is a block of its own, so that the sanitizers see where it ends.
FUZZ_CFLAGS = -O2 -g -DFIRST_BLOCK=0ul -DLARGEST_BLOCK=0ul
fuzz: ## fuzz each target for FUZZ_SECONDS (60), in build-fuzz
	@$(MAKE) --no-print-directory deps
	@$(MAKE) --no-print-directory deps-test deps-fuzz
	@$(MAKE) --no-print-directory BUILD=build-fuzz CC=clang CFLAGS='$(FUZZ_CFLAGS)' SANITIZE='$(FUZZ_FLAGS)' run-fuzz

# The kept inputs once through their targets; those of fuzz_outputs become pictures too.
fuzz-replay: $(REPLAYS) $(BUILD)/stridec-layout ## run the kept inputs of the fuzzers
	@for target in $(FUZZ_TARGETS); do \
	  STRIDEC_LAYOUT=$(abspath $(BUILD))/stridec-layout $(BUILD)/fuzz/replay_$$target tests/fuzz/corpus/$$target \
	    >$(BUILD)/fuzz/replay.log || { tail -n 1 $(BUILD)/fuzz/replay.log; exit 1; }; done

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
	$(call install,libcmocka-dev libjansson-dev pkg-config libcmark-gfm-dev libcmark-gfm-extensions-dev)

deps-fuzz: ## install those that fuzzing needs
	$(call install,clang libclang-rt-14-dev llvm)

deps-static: ## install those that checks of the code need
	$(call install,gcc clang-tidy)

deps-coverage: ## install those that the table of coverage needs
	$(call install,gcc gcovr)

deps-memory: ## install those that memcheck needs
	$(call install,valgrind)

deps-bench: ## install those that the benchmarks need
	$(call install,jq graphviz)

format: ## clang-format over all C files
	clang-format -i $(wildcard include/*.h lib/*/*.[ch] cli/*.[ch] layout/*.[ch] tests/*.[ch] doc/*.c tests/*/*.[ch] bench/*.[ch])

clean: ## remove what was built
	rm -rf $(BUILD) build-asan build-tsan build-fuzz build-coverage

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' Makefile

.PHONY: all man install uninstall tests run-tests demo check check-install accept asan tsan check-static run-static \
	check-memory coverage check-clean check-slow bench bench-programs quality mutate deps deps-test deps-bench deps-fuzz \
	deps-static deps-memory deps-coverage fuzz run-fuzz fuzz-replay doc check-doc format clean help $(RUNS) $(CHECKS)
.SECONDARY: $(TESTS:=.o)

-include $(LIB_OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d) $(BUILD)/doc/tables.d $(TESTS:=.d) $(BUILD)/tests/support.d $(RULE_PARTS:.o=.d) \
	$(QUALITY_OBJECTS:.o=.d)
