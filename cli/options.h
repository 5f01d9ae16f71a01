/* What the commands share: how a run ends, the rows of commands and options, and one invocation on
 * its way from main() through a command. Help and parser read the same rows. */
// SPDX-License-Identifier: MIT
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum outcome {
#define OUTCOME(name, about) OUTCOME_##name,
#include "outcomes.def"
#undef OUTCOME
};

struct names {
    const char **at;
    size_t count;
};

struct invocation {
    const struct command *command;
    struct names
        words; /* what stands behind the command's word; read_arguments keeps the operands */
    struct names rules; /* of each --rules; room for as many as there are words */
    const char *color;  /* auto, always, never */
    const char *layout; /* of --layout, or NULL */
    const char *layout_seconds;
    enum outcome outcome; /* when read_arguments says that the command does not run */
};

#define MANY ((size_t)-1)

struct command {
    const char *word, *operands;
    size_t least, most;
    enum outcome (*run)(struct invocation *run);
    const char *summary;
};

#define COMMAND(word, function, operands, least, most, summary)                                    \
    enum outcome function(struct invocation *run);
#include "commands.def"
#undef COMMAND

extern const struct command commands[];
extern const size_t command_count;
/* NULL, after the complaint, when there is no such command. */
const struct command *find_command(const char *word);

/* One option of a command. Exactly one of `on`, `text` and `list` says where the value goes. */
struct option {
    char letter;          /* 0: none */
    const char *name;     /* without the -- */
    const char *argument; /* as the help calls it; of "a|b" only those are taken */
    bool is_format;       /* takes a name of stridec_format_at() */
    bool *on;
    const char **text;
    struct names *list;
    const char *help;
};

/* Rows that several commands have. */
#define OPTION_RULES(run)                                                                          \
    {                                                                                              \
        .name = "rules", .argument = "FILE", .list = &(run)->rules,                                \
        .help = "add a rule pack; may be repeated"                                                 \
    }
#define OPTION_OUTPUT(target)                                                                      \
    {                                                                                              \
        .letter = 'o', .name = "output", .argument = "FILE", .text = (target),                     \
        .help = "write to FILE instead of standard output"                                         \
    }
#define OPTION_FORMAT(target, preset)                                                              \
    {                                                                                              \
        .name = "format", .argument = "FORMAT", .is_format = true, .text = (target),               \
        .help = "one of those below (default: " preset ")"                                         \
    }
#define OPTION_LAYOUT(run)                                                                         \
    {.name = "layout",                                                                             \
     .argument = "PROGRAM",                                                                        \
     .text = &(run)->layout,                                                                       \
     .help = "the stridec-layout to use (or: $STRIDEC_LAYOUT)"},                                   \
    {                                                                                              \
        .name = "layout-seconds", .argument = "1|2|5|10|20", .text = &(run)->layout_seconds,       \
        .help = "how long the layout may take (default: 20)"                                       \
    }
#define OPTION_FORCE(target)                                                                       \
    { .name = "force", .on = (target), .help = "write over files not made from this model" }

/* The options of one command, with those that every command has. */
#define COMMON_OPTIONS 2
struct option_rows {
    const struct option *own;
    size_t own_count;
    struct option common[COMMON_OPTIONS];
};
/* NULL behind the last one. */
const struct option *option_at(const struct option_rows *rows, size_t index);

/* Reads options into their places and leaves the operands in run->words. False when the command
 * does not run, because help was asked for or something is wrong: then run->outcome is set. */
bool read_arguments(struct invocation *run, const char *about, const struct option *options,
                    size_t count);
#define COUNT(array) (sizeof(array) / sizeof *(array))

void print_help(FILE *stream);
void print_command_help(const struct command *command, const char *about,
                        const struct option_rows *rows);

/* The nearest of several names to a mistyped one; `best` is NULL while none is near. */
struct guess {
    const char *word, *best;
    size_t length, distance;
};
struct guess guess_begin(const char *word, size_t length);
void guess_try(struct guess *guess, const char *candidate);

#endif
