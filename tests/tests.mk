# The tests: programs, the manual, an installed copy; checks of the code, and measurements. `make check`
# prints the failures and one line with the counts; V=1 prints everything.

# Each tests/NAME.c is a program; support.c has the functions that they share. INSIDERS look inside the library.
TEST_SOURCES = $(filter-out tests/support.c,$(wildcard tests/*.c))
TESTS = $(TEST_SOURCES:%.c=$(BUILD)/%)
# The longest begins first: it would else run alone at the end.
RUNS = run-golden $(filter-out run-golden,$(TEST_SOURCES:tests/%.c=run-%))
INSIDERS = $(patsubst %,$(BUILD)/tests/%,unit contrast report_formats diagnostics pack consistent balance mutation variants forged texts made_tree agreement edits document properties splits diffs seen merges decisions triage suggestions)
RULE_PARTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/rules/*.c))
$(INSIDERS:=.o) $(RULE_PARTS): INSIDE = -Ilib

$(BUILD)/tests/%.o: tests/%.c $(FLAGS_STAMP)
	@mkdir -p $(@D)
	$(COMPILE) $(INSIDE) -Iinclude -Itests -Ilib/layout/program -c -o $@ $<

$(TESTS): %: %.o $(BUILD)/tests/support.o
	$(LINK) -pie -o $@ $(OBJECTS) -lcmocka -ljansson $(LIBS)

$(INSIDERS): $(LIB_OBJECTS)
$(BUILD)/tests/forged: $(BUILD)/tests/fuzz/seal.o
$(BUILD)/tests/balance $(BUILD)/tests/mutation: $(RULE_PARTS)
$(filter-out $(INSIDERS) $(BUILD)/tests/allocation $(BUILD)/tests/no_spawn,$(TESTS)): $(BUILD)/libstridec.a

# An arena of small blocks, and libyaml as an archive, so that each allocation of either can fail.
$(BUILD)/tests/small_arena.o: lib/base/arena.c $(FLAGS_STAMP)
	@mkdir -p $(@D)
	$(COMPILE) -DFIRST_BLOCK='(size_t)64' -DLARGEST_BLOCK=FIRST_BLOCK -Ilib -c -o $@ $<

$(BUILD)/tests/allocation: $(filter-out %/base/arena.o,$(LIB_OBJECTS)) $(BUILD)/tests/small_arena.o
$(BUILD)/tests/allocation: LIBS = -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=strdup -l:libyaml.a -lutf8proc

# The library for hosts without processes: the files that differ are compiled again, with only C11 declared.
NO_SPAWN := $(shell grep -l STRIDEC_NO_SPAWN lib/*/*.c)
$(BUILD)/no-spawn/%.o: STANDARD := $(filter-out -D_POSIX_C_SOURCE=%,$(STANDARD)) -DSTRIDEC_NO_SPAWN
$(BUILD)/no-spawn/%.o: lib/%.c $(FLAGS_STAMP)
	@mkdir -p $(@D)
	$(LIB_COMPILE) -c -o $@ $<

$(BUILD)/no-spawn/libstridec.o: $(NO_SPAWN:lib/%.c=$(BUILD)/no-spawn/%.o) \
		$(filter-out $(NO_SPAWN:%.c=$(BUILD)/%.o),$(LIB_OBJECTS))
	$(one_object)

$(BUILD)/tests/no_spawn: $(BUILD)/no-spawn/libstridec.o

# The geometry checker measures text, and counts flaws, as the layout does.
LOOKING = $(patsubst %,$(BUILD)/tests/pictures/%.o,drawn drawn_scene flaws) \
	$(patsubst %,$(BUILD)/lib/layout/program/%.o,metrics counts segments)
$(BUILD)/tests/geometry: $(LOOKING)

$(BUILD)/tests/numbers: $(BUILD)/lib/layout/program/numbers.o
$(BUILD)/tests/numbers: LIBS += -lm
$(BUILD)/tests/sandbox: $(BUILD)/lib/layout/program/sandbox.o

$(BUILD)/tests/watch: $(BUILD)/tests/watching/visitor.o

$(BUILD)/tests/threads: LIBS += -pthread

$(BUILD)/tests/forms $(BUILD)/tests/agreement $(BUILD)/tests/edits $(BUILD)/tests/splits $(BUILD)/tests/suggestions: \
		$(BUILD)/tests/models/random_model.o
$(BUILD)/tests/edits: $(BUILD)/tests/models/edit_oracle.o
$(BUILD)/tests/sheets: $(patsubst %,$(BUILD)/tests/models/%.o,random_model cells)
$(BUILD)/tests/triage: $(BUILD)/tests/models/random_model.o $(BUILD)/tests/models/sketch.o
$(BUILD)/tests/merges: $(patsubst %,$(BUILD)/tests/models/%.o,random_model random_edit merge_oracle)
$(BUILD)/tests/renames: $(patsubst %,$(BUILD)/tests/models/%.o,random_model rename_oracle)
$(BUILD)/tests/properties: $(BUILD)/tests/models/sketch.o $(BUILD)/tests/models/change.o
$(BUILD)/tests/diffs: $(patsubst %,$(BUILD)/tests/models/%.o,sketch change diff_oracle)
DECIDING = sketch decided deciding dressing plain plain_naming plain_threats told
$(BUILD)/tests/decisions: $(DECIDING:%=$(BUILD)/tests/models/%.o)
$(patsubst %,$(BUILD)/tests/models/%.o,edit_oracle merge_oracle random_edit change $(DECIDING)): INSIDE = -Ilib

# Documents are read as GitHub reads them.
$(BUILD)/tests/texts: LIBS += -lcmark-gfm-extensions -lcmark-gfm

tests: all $(TESTS) $(BUILD)/measure-quality $(BUILD)/measure-pictures

# ---- runs ------------------------------------------------------------------------------------

# Each run goes through tests/run.sh, which keeps its output and its exit status; later runs go on whatever
# happened.
# One more at once than there are processors, as some of them wait; unless -j is given.
JOBS = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell expr $$(nproc) + 1))
RUN = BUILD=$(abspath $(BUILD)) V=$(V) sh tests/run.sh

$(RUNS): run-%: all $(BUILD)/tests/%
	@$(RUN) $* $(BUILD)/tests/$*

run-tests: tests $(RUNS)

# The reference pages and the gallery are up to date, the examples compile, the paths that the pages name exist.
check-doc: $(REFERENCE:%=$(BUILD)/doc/%.md) $(BUILD)/stridec $(BUILD)/stridec-layout $(BUILD)/speed/generate
	@for page in $(REFERENCE); do \
	  $(RUN) doc-$$page sh -c "diff -u doc/$$page.md $(BUILD)/doc/$$page.md || { echo 'doc/$$page.md is stale: make doc'; exit 1; }"; done
	@CC='$(CC)' $(RUN) doc-examples sh tests/doc_examples.sh
	@$(RUN) doc-claims sh tests/doc_claims.sh
	@$(RUN) doc-promises sh tests/promises.sh
	@$(RUN) doc-gallery sh tests/gallery.sh check

# The programs and libraries are built as they should be, and an installed copy can be used.
check-install: all man
	@CC='$(CC)' HARDENING='$(HARDENING)' $(RUN) binaries sh tests/binaries.sh
	@CC='$(CC)' MAKE='$(MAKE) --no-print-directory' $(RUN) install sh tests/install.sh

# Builds all that PARTS need, runs them, and closes with the line that counts. The folders of tests lie in
# one that goes at the end, in memory where there is some: they are thousands of small files, and a disk
# takes a tenth of all the time for them.
check-parts:
	@rm -rf $(BUILD)/results
	@$(MAKE) $(QUIET) $(JOBS) tests replays
	@broken=; scratch=$$(sh tests/scratch.sh) || exit 1; \
	  trap 'rm -rf "$$scratch"' EXIT; trap 'exit 1' HUP INT TERM; export TMPDIR="$$scratch"; \
	  $(MAKE) $(QUIET) $(JOBS) -k --output-sync=target $(PARTS) || broken=1; \
	  BUILD=$(abspath $(BUILD)) sh tests/summary.sh $$broken

check: ## install what the tests need, build, and run all tests
	@$(MAKE) --no-print-directory deps deps-test
	@echo "Building and testing"; $(MAKE) $(QUIET) check-parts PARTS='run-tests fuzz-replay check-doc check-install'

asan: ## the same tests under ASan and UBSan, in build-asan
	@echo "Building and testing in build-asan"; $(MAKE) $(QUIET) BUILD=build-asan CFLAGS='-O1 -g' WERROR=1 \
	  SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer' \
	  check-parts PARTS='run-tests fuzz-replay'

tsan: ## compilations in several threads at once under TSan, in build-tsan
	@echo "Building and testing in build-tsan"; $(MAKE) $(QUIET) BUILD=build-tsan CFLAGS='-O1 -g' WERROR=1 \
	  SANITIZE=-fsanitize=thread check-threads

check-threads: all $(BUILD)/tests/threads
	@rm -rf $(BUILD)/results
	@$(RUN) threads $(BUILD)/tests/threads || true
	@BUILD=$(abspath $(BUILD)) sh tests/summary.sh

accept: tests $(BUILD)/speed/generate ## write the expected files of all cases anew; the diff is the review
	@for model in samples/*/*.dfd; do case $$model in *.triage.dfd) ;; *) $(BUILD)/stridec build $$model >/dev/null;; esac; done
	BUILD=$(abspath $(BUILD)) sh tests/gallery.sh
	ACCEPT=1 BUILD=$(abspath $(BUILD)) $(BUILD)/tests/golden
	ACCEPT=1 BUILD=$(abspath $(BUILD)) $(BUILD)/tests/diagnostics
	ACCEPT=1 BUILD=$(abspath $(BUILD)) $(BUILD)/tests/pack

check-clean: ## demo, check and install in a fresh Debian 12 with only git, make and certificates (root)
	@$(MAKE) --no-print-directory deps-clean
	sh tests/clean.sh

# The program under memcheck, without the layout program: Graphviz frees nothing.
check-memory: all
	BUILD=$(abspath $(BUILD)) sh tests/memcheck.sh

# The report in a browser. What nobody could try has not passed.
check-browser: all ## the report and watch in a browser: clicks, keys, hostile texts, what axe-core finds
	@$(MAKE) --no-print-directory deps-browser
	@if command -v node >/dev/null; then for part in report watch; do \
	  BUILD=$(abspath $(BUILD)) node tests/browser/$$part.mjs || exit 1; done; \
	else echo "node is not here (make deps-browser): the report is not tried"; exit 1; fi

screenshots: all ## take the pictures of doc/report.md and doc/picture.md anew
	BUILD=$(abspath $(BUILD)) node tests/browser/screenshots.mjs

# All programs that try more when they are asked to.
SLOWER = $(patsubst tests/%.c,%,$(shell grep -l 'getenv("SLOW")' $(TEST_SOURCES)))
check-slow: all tests ## the tests that wait, the report in a browser, build tools, memcheck, tsan, check-static and check-clean
	@for test in $(SLOWER); do echo "SLOW=1 $(BUILD)/tests/$$test"; \
	  SLOW=1 BUILD=$(abspath $(BUILD)) $(BUILD)/tests/$$test || exit 1; done
	@$(MAKE) --no-print-directory deps-browser
	@$(MAKE) --no-print-directory check-browser
	@$(MAKE) --no-print-directory deps-tools
	BUILD=$(abspath $(BUILD)) sh tests/build_tools.sh
	@$(MAKE) --no-print-directory deps-memory
	@$(MAKE) --no-print-directory check-memory
	@$(MAKE) --no-print-directory tsan
	@$(MAKE) --no-print-directory check-static
	@$(MAKE) --no-print-directory check-clean

# ---- the code itself -------------------------------------------------------------------------

# Nothing in lib/layout/program is freed: it draws one picture and leaves.
CHECKED = $(LIB_SOURCES) $(wildcard cli/*.c lib/layout/program/*.c)
CHECK_FLAGS = $(STANDARD) -DGRAPHVIZ_VERSION='"any"' $(if $(filter cli/%,$*),,-Ilib) -Iinclude
CHECKS = $(CHECKED:%=static-%)
$(CHECKS): static-%:
	@gcc $(CHECK_FLAGS) $(WARNINGS) -Werror -O2 -fanalyzer $(if $(filter lib/layout/program/%,$*),-Wno-analyzer-malloc-leak) -c -o /dev/null $*
	@found=$$(clang-tidy --quiet $* -- $(CHECK_FLAGS) 2>&1) || { echo "$$found"; exit 1; }

run-static: $(CHECKS)

check-static: ## gcc's analyzer and clang-tidy over lib and cli
	@$(MAKE) --no-print-directory deps deps-static
	@$(MAKE) --no-print-directory -k --output-sync=target $(JOBS) run-static

# Counters are written at exit, so here the layout program calls exit() instead of _exit(). After a longjmp
# gcov's sums are wrong, and gcovr reports lines that it cannot read.
GCOVR = gcovr --root . --object-directory build-coverage --gcov-ignore-parse-errors \
	--filter lib/ --filter cli/ 2>/dev/null
coverage: ## which lines and branches the tests reach, with objects in build-coverage
	@$(MAKE) --no-print-directory deps deps-test deps-coverage
	@find build-coverage -name '*.gcda' -delete 2>/dev/null || true
	@GCOV_ERROR_FILE=/dev/null $(MAKE) $(QUIET) BUILD=build-coverage CFLAGS='-O0 -g' CPPFLAGS=-D_exit=exit \
	  SANITIZE='--coverage -fprofile-update=atomic' check-parts PARTS='run-tests fuzz-replay'
	@$(GCOVR)
	@$(GCOVR) --branches --print-summary

# ---- measures --------------------------------------------------------------------------------

mutate: $(BUILD)/tests/mutation ## change the conditions of the rules one by one; print what no example notices
	$(BUILD)/tests/mutation

SPEED = $(patsubst tests/speed/%.c,$(BUILD)/speed/%,$(wildcard tests/speed/*.c))
$(SPEED): $(BUILD)/speed/%: tests/speed/%.c $(BUILD)/libstridec.a $(FLAGS_STAMP)
	@mkdir -p $(@D)
	$(COMPILE) -Iinclude -o $@ $< $(BUILD)/libstridec.a $(LIBS)

speed-programs: $(SPEED)

bench: ## the ratios of speed beside their targets
	@$(MAKE) --no-print-directory deps deps-bench
	@$(MAKE) $(QUIET) all speed-programs
	bash tests/speed/run.sh $(BUILD)

# The rule pack measured on the diagrams of experts, which are not in this repository.
QUALITY_OBJECTS = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/quality/*.c))
$(BUILD)/measure-quality: $(QUALITY_OBJECTS) $(BUILD)/libstridec.a
	$(LINK) -pie -o $@ $(OBJECTS) -ljansson $(LIBS)

# Without the parts that compile models: the arithmetic is tested on rows that were made up by hand.
$(BUILD)/tests/quality_scores: $(patsubst %,$(BUILD)/tests/quality/quality_%.o,diagram twin model choices score named)
$(BUILD)/tests/quality/quality_twin.o: INSIDE = -Ilib

quality: $(BUILD)/measure-quality ## measure the rule pack on the diagrams in CORPUS; MISSED=1 lists what it misses
	@$(BUILD)/measure-quality $(if $(MISSED),--missed) --twins '$(or $(TWINS),tests/quality/described)' '$(or $(CORPUS),$(error say where: make quality CORPUS=FOLDER))'

# Pictures of the models in CORPUS, which need not be in this repository: what is hard to follow in them.
$(BUILD)/measure-pictures: $(BUILD)/tests/pictures/measure.o $(BUILD)/tests/support.o $(LOOKING)
	$(LINK) -pie -o $@ $(OBJECTS) -lcmocka

pictures: all $(BUILD)/measure-pictures ## flaws in the pictures of the models in CORPUS; EACH=1, FLAWS=1, FLIPS=1 say more
	@BUILD=$(abspath $(BUILD)) $(BUILD)/measure-pictures $(if $(EACH),--each) $(if $(FLAWS),--flaws) \
	  $(if $(FLIPS),--flips) '$(or $(CORPUS),$(error say where: make pictures CORPUS=FOLDER))'

gallery: all $(BUILD)/speed/generate ## draw the pictures of doc/gallery.md anew, and five models of CORPUS
	@BUILD=$(abspath $(BUILD)) CORPUS='$(CORPUS)' sh tests/gallery.sh

.PHONY: pictures gallery check-browser screenshots tests run-tests check check-parts check-threads check-doc check-install accept asan tsan check-static run-static \
	check-memory coverage check-clean check-slow bench speed-programs quality mutate $(RUNS) $(CHECKS)
.SECONDARY: $(TESTS:=.o)
