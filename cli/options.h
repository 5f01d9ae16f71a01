/* Shared by the commands: outcomes of a run, the rows of commands and options, and one invocation
 * on its way from main() through a command. Help and parser read the same rows. */
// SPDX-License-Identifier: MIT
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "stridec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum outcome {
#define OUTCOME(name, word, about) OUTCOME_##name,
#include "outcomes.def"
#undef OUTCOME
};

struct names {
    const char **at;
    size_t count;
};

/* Called instead of the command when only its options are wanted: for its help, or its page of the
 * manual. */
struct command;
struct command_table;
struct option_rows;
typedef void describer(const struct command *command, const char *about,
                       const struct option_rows *rows, void *context);

struct invocation {
    const struct command *command;
    const struct command_table *commands;
    struct names words; /* the words after the command's own; read_arguments keeps the operands */
    /* The values of --rules, --error, --allow and --output; each list has room for all words. */
    struct names rules, errors, allowed, outputs;
    const char *format;     /* "json": the run ends in a report */
    const char *stdin_name; /* of --stdin-name, or NULL */
    const char *root;       /* of --root, or NULL */
    const char *memory;     /* of --memory, or NULL */
    const char *link;       /* of --link, or NULL */
    const char *depfile;    /* of --depfile, or NULL */
    const char *color;      /* auto, always, never */
    const char *layout;     /* of --layout, or NULL */
    const char *layout_seconds;
    bool no_legend;
    bool keep_places;     /* of what the model names, for edits */
    enum outcome outcome; /* set when read_arguments returns false: the command does not run */
    describer *describe;  /* for --help; NULL: it is printed */
    void *description;    /* its context */
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

/* All commands; main() hands them to those that speak of the others. */
struct command_table {
    const struct command *at;
    size_t count;
};
/* NULL when there is no such command. */
const struct command *command_called(const struct command_table *commands, const char *word);
/* The same, after a complaint. */
const struct command *find_command(const struct command_table *commands, const char *word);

/* One option of a command. Exactly one of `on`, `text` and `list` says where the value goes. */
struct option {
    char letter;          /* 0: none */
    const char *name;     /* without the -- */
    const char *argument; /* as the help calls it; of "a|b" only those are taken */
    bool is_format;       /* takes a name of format_taken() */
    bool is_picture;      /* of the formats only pictures, and json for a report */
    bool is_report;       /* takes FORMAT=FILE, of the formats for hosts */
    bool is_codes;        /* takes codes of warnings, separated by commas */
    bool is_folder;       /* takes a folder that is there and can be read */
    bool is_count;        /* takes a whole number from 1 to COUNT_LIMIT */
    bool *on;
    const char **text;
    struct names *list;
    const char *help;
};

/* The largest number that an option takes; as MiB it is a TiB. */
#define COUNT_LIMIT 1048576
/* MiB that a compilation may take unless --memory says otherwise. A model of 250,000 flows takes
 * 2,000 to become a document, and 850 otherwise. */
#define MEMORY_LIMIT 4096

/* Rows that several commands have. */
#define OPTION_MEMORY(run)                                                                         \
    {                                                                                              \
        .name = "memory", .argument = "MIB", .is_count = true, .text = &(run)->memory,             \
        .help = "how much memory a model may take (default: 4096)"                                 \
    }
#define OPTION_ROOT(run)                                                                           \
    OPTION_MEMORY(run), {                                                                          \
        .name = "root", .argument = "FOLDER", .is_folder = true, .text = &(run)->root,             \
        .help = "imports stay inside of it (default: the repository)"                              \
    }
#define OPTION_RULES(run)                                                                          \
    {.name = "rules",                                                                              \
     .argument = "FILE",                                                                           \
     .list = &(run)->rules,                                                                        \
     .help = "add a rule pack; may be repeated"},                                                  \
        OPTION_ROOT(run)
/* --format json ends a run in a report; see report.h. */
#define OPTION_REPORT(run)                                                                         \
    {                                                                                              \
        .name = "format", .argument = "text|json", .text = &(run)->format,                         \
        .help = "json: one object that says all (default: text)"                                   \
    }
#define OPTION_LEVELS(run)                                                                         \
    {.name = "error",                                                                              \
     .argument = "CODES",                                                                          \
     .is_codes = true,                                                                             \
     .list = &(run)->errors,                                                                       \
     .help = "make warnings errors: W0402,W0410; may be repeated"},                                \
    {                                                                                              \
        .name = "allow", .argument = "CODES", .is_codes = true, .list = &(run)->allowed,           \
        .help = "silence warnings; may be repeated"                                                \
    }
#define OPTION_STDIN_NAME(run)                                                                     \
    {                                                                                              \
        .name = "stdin-name", .argument = "NAME", .text = &(run)->stdin_name,                      \
        .help = "what '-' is called; NAME.yaml is read as YAML"                                    \
    }
#define OPTION_OUTPUT(target)                                                                      \
    {                                                                                              \
        .letter = 'o', .name = "output", .argument = "FILE", .text = (target),                     \
        .help = "write to FILE instead of standard output"                                         \
    }
#define OPTION_SECTIONS(target)                                                                    \
    {                                                                                              \
        .name = "sections", .argument = "LIST", .text = (target),                                  \
        .help = "parts of the document only: summary,stride,open"                                  \
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
        {.name = "layout-seconds",                                                                 \
         .argument = "1|2|5|10|20",                                                                \
         .text = &(run)->layout_seconds,                                                           \
         .help = "how long the layout may take (default: 20)"},                                    \
    {                                                                                              \
        .name = "no-legend", .on = &(run)->no_legend,                                              \
        .help = "no line below the picture that says what its marks mean"                          \
    }
/* Options of the commands that write files made from a model. */
#define OPTION_PRODUCTS(run, force)                                                                \
    OPTION_LEVELS(run), OPTION_STDIN_NAME(run), OPTION_RULES(run),                                 \
        {.name = "depfile",                                                                        \
         .argument = "FILE",                                                                       \
         .text = &(run)->depfile,                                                                  \
         .help = "write what was read there, for make or ninja"},                                  \
        OPTION_LAYOUT(run), {                                                                      \
        .name = "force", .on = (force), .help = "write over files not made from this model"        \
    }

/* The options of one command, with those that every command has. */
#define COMMON_OPTIONS 2
struct option_rows {
    const struct option *own;
    size_t own_count;
    struct option common[COMMON_OPTIONS];
};
/* The formats that an option takes. False after the last one, and of an option that takes none. */
bool format_taken(const struct option *option, size_t index, stridec_format_info *info);
/* NULL after the last one. */
const struct option *option_at(const struct option_rows *rows, size_t index);

/* Reads options into their places and leaves the operands in run->words. False when the command
 * does not run, because help was asked for or something is wrong: then run->outcome is set. */
bool read_arguments(struct invocation *run, const char *about, const struct option *options,
                    size_t count);
#define COUNT(array) (sizeof(array) / sizeof *(array))

void print_help(FILE *stream, const struct command_table *commands);
describer print_command_help;
/* A sentence on each outcome, by exit code. */
extern const char *const outcome_about[];
extern const size_t outcome_count;
/* The rows of a command, by its --help. */
void describe_command(const struct command *command, describer *describe, void *context);
/* Steps through the choices of "[a|b]"; start with *rest = the whole. False at the end. */
bool next_choice(const char **rest, const char **choice, size_t *length);
/* Whether one of the choices is called so. */
bool is_choice(const char *choices, const char *name);

/* The nearest of several names to a mistyped one; `best` is NULL while none is near. */
struct guess {
    const char *word, *best;
    size_t length, distance;
};
struct guess guess_begin(const char *word, size_t length);
void guess_try(struct guess *guess, const char *candidate);

#endif
