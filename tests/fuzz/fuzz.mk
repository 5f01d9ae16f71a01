# Each tests/fuzz/fuzz_NAME.c is a program, by clang's libFuzzer or with replay.c as main.
FUZZ_SECONDS ?= 60
FUZZ_FLAGS = -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all \
	-fno-sanitize-coverage=trace-cmp -fno-omit-frame-pointer
FUZZ_TARGETS = $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SHARED = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/fuzz/oracle*.c) tests/fuzz/harness.c tests/fuzz/seal.c tests/fuzz/generator.c tests/models/edit_oracle.c tests/models/diff_oracle.c tests/models/merge_oracle.c tests/models/rename_oracle.c)
FUZZ_LIBS = -lcmark-gfm-extensions -lcmark-gfm -lcgraph -ljansson $(LIBS)
FUZZERS = $(FUZZ_TARGETS:%=$(BUILD)/fuzz/fuzz_%)
REPLAYS = $(FUZZ_TARGETS:%=$(BUILD)/fuzz/replay_%)
$(BUILD)/tests/fuzz/generator.o $(BUILD)/tests/fuzz/dictionary.o $(BUILD)/tests/fuzz/seal.o $(BUILD)/tests/fuzz/oracles.o $(BUILD)/tests/fuzz/oracle_markdown.o: INSIDE = -Ilib

$(REPLAYS): $(BUILD)/fuzz/replay_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/replay.o $(FUZZ_SHARED) $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(LINK) -pie -o $@ $(OBJECTS) $(FUZZ_LIBS)

# Each input compiles the rule pack several times: a fuzzer has the method and every fourth rule.
$(BUILD)/fuzz/pack.dfd: $(BUILD)/builtin.dfd tests/fuzz/fuzz.mk
	@mkdir -p $(@D)
	awk '/^rule / { rules++ } rules % 4 == 0' $< >$@

$(BUILD)/fuzz/pack.c: $(BUILD)/fuzz/pack.dfd
	$(call embed,builtin_rules,analysis/builtin.h)

$(BUILD)/fuzz/pack.o: $(BUILD)/fuzz/pack.c
	$(LIB_COMPILE) -c -o $@ $<

$(FUZZERS): $(BUILD)/fuzz/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/fuzz/pack.o $(FUZZ_SHARED) $(filter-out $(BUILD)/builtin.o,$(LIB_OBJECTS))
	$(LINK) -fsanitize=fuzzer -o $@ $(OBJECTS) $(FUZZ_LIBS)

$(BUILD)/fuzz/dictionary: $(BUILD)/tests/fuzz/dictionary.o $(LIB_OBJECTS)
	@mkdir -p $(@D)
	$(LINK) -o $@ $(OBJECTS) $(LIBS)

$(BUILD)/fuzz/tokens.dict: tests/fuzz/words.dict $(BUILD)/fuzz/dictionary
	{ cat $<; $(BUILD)/fuzz/dictionary; } >$@

run-fuzz: $(FUZZERS) $(BUILD)/fuzz/tokens.dict
	BUILD=$(abspath $(BUILD)) FUZZ_SECONDS=$(FUZZ_SECONDS) FUZZ_SEEDS='$(FUZZ_SEEDS)' sh tests/fuzz/run.sh $(FUZZ_TARGETS)

# Each allocation is a block of its own, so that the sanitizers see where it ends.
FUZZ_CFLAGS = -O2 -g -DFIRST_BLOCK=0ul -DLARGEST_BLOCK=0ul
fuzz: ## fuzz each target for FUZZ_SECONDS (60), from FUZZ_SEEDS too, in build-fuzz
	@$(MAKE) --no-print-directory deps
	@$(MAKE) --no-print-directory deps-test deps-fuzz
	@$(MAKE) $(QUIET) BUILD=build-fuzz CC=clang CFLAGS='$(FUZZ_CFLAGS)' SANITIZE='$(FUZZ_FLAGS)' run-fuzz

# The kept inputs once through their targets; those of fuzz_outputs become pictures too.
REPLAY_RUNS = $(FUZZ_TARGETS:%=run-replay-%)
replays: $(REPLAYS) $(BUILD)/stridec-layout

$(REPLAY_RUNS): run-replay-%: replays
	@STRIDEC_LAYOUT=$(abspath $(BUILD))/stridec-layout $(RUN) replay-$* $(BUILD)/fuzz/replay_$* tests/fuzz/corpus/$*

fuzz-replay: $(REPLAY_RUNS) ## run the kept inputs of the fuzzers

.PHONY: fuzz run-fuzz fuzz-replay replays $(REPLAY_RUNS)
