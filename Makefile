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
LIBS = -lutf8proc

all: $(BUILD)/stridec $(BUILD)/libstridec.a ## build stridec and the library

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

-include $(LIB_OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d)
