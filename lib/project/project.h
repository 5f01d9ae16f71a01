/* A project: a model with the files that it imports, the rules that it is judged by, and the
 * results of its analysis. Reads, compiles and writes; the caller has set `arena.failure`. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_PROJECT_H
#define PROJECT_PROJECT_H

#include "analysis/gate.h"
#include "emit/emit.h"
#include "layout/layout.h"

/* Reads the file of an import and hands its text to `take`. DIAG_COUNT when that is done, else the
 * code that says why not. */
typedef enum diag_code project_loader(void *context, const char *path, writer_sink *take,
                                      void *taker);
/* Hands the one name of the file at `path` to `take`. False: `path` is that name. */
typedef bool project_locator(void *context, const char *path, writer_sink *take, void *taker);

/* Hands `take` the name of each file in a folder, one a call, in any order. DIAG_COUNT, else the
 * code that says why not. */
typedef enum diag_code project_lister(void *context, const char *folder, writer_sink *take,
                                      void *taker);

struct project {
    struct arena arena;
    struct diagnostics diagnostics;
    project_loader *load;    /* NULL: there is nothing to import */
    void *load_context;      /* of both loader and lister */
    project_lister *list;    /* NULL: decisions stand in one file beside each model */
    project_locator *locate; /* NULL: each path is a file of its own */
    void *locate_context;
    struct evidence evidence;
    bool reads_decisions;
    const char *holds; /* what was compiled: "model"; NULL before project_compile */
    bool compiled;     /* it is a model without errors */
    bool is_imported;  /* the model is, by others */
    bool texts_stay;   /* those of named_text end with a NUL and live as long as the project */
    bool keeps_places; /* of names that are looked up, see places.h */

    const struct project *shared;  /* whose rules are used, and only read; or NULL */
    struct vocabulary *vocabulary; /* NULL before project_compile and load_builtin_rules */
    const struct rule_pack *pack;  /* own_pack, or the shared one; NULL before load_builtin_rules */
    struct rule_pack own_pack;
    ARRAY_OF(struct source *) packs;    /* texts of the rules, first the built-in ones */
    ARRAY_OF(struct unit *) pack_units; /* files of rules, also shared ones: all but the built-in */

    struct table units_by_place;
    ARRAY_OF(struct unit *) units;     /* the model's file first */
    ARRAY_OF(const char *) tried;      /* paths of imports that are no model, or not there */
    ARRAY_OF(struct unit *) triage;    /* files of decisions, those of the main model first */
    ARRAY_OF(const char *) absent;     /* paths where decisions could be, and are not */
    ARRAY_OF(const char *) rule_files; /* paths of the packs that the model names */
    unsigned units_under_way;
    size_t model_bytes;                     /* of all units */
    bool too_many_units, too_many_patterns; /* reported */

    struct model *model;               /* NULL before project_compile */
    struct analysis *analysis;         /* NULL before the rows are wanted */
    struct rows *rows;                 /* see project_rows() */
    struct decisions *decisions;       /* found with them */
    struct text_places *places;        /* see project_places() */
    const struct phrases *phrases;     /* see project_phrases() */
    struct suggestions *suggestions;   /* see project_suggestions() */
    struct text_changes *changes;      /* of the last edit */
    ARRAY_OF(struct unit *) new_files; /* of decisions: to be written, and not there yet */
    struct deeds *deeds;               /* of the last project_decide(); NULL before that */
    struct moves *moves;               /* of the last project_move(), see moving.h */
    const char *refusal;               /* why that was refused, or ""; NULL before the first one */
    struct candidates *candidates;     /* see complete() */
    struct layout_process process;     /* the layout program that draws, while it is needed */
    struct division *pages;            /* of the last picture of all; NULL: it was one */
};

/* A text with the path that the caller gives it. */
struct named_text {
    const char *path;
    struct slice text;
};

/* `source` may be NULL: malloc and free. `limit`: bytes of memory, 0: none. */
void project_open(struct project *project, const struct arena_source *source, size_t limit);
void project_close(struct project *project);

/* Loads the built-in rules once, or takes those that are shared. False, and reported, when they do
 * not compile. */
bool load_builtin_rules(struct project *project);
/* What labels are searched for, made once or shared as the rules are. */
const struct phrases *project_phrases(struct project *project);
/* From now on the rules are only read, by other projects that name this one in `shared` as well.
 * False when they do not compile. */
bool share_rules(struct project *project);
/* Adds a pack after the built-in one, before project_compile. False when it has errors. */
bool project_add_rules(struct project *project, const struct named_text *input);
/* Compiles a model with all that it imports, once; a triage file or a rule pack is checked for its
 * form. False when there are errors. */
bool project_compile(struct project *project, const struct named_text *input);
/* The rows, found on first use with the analysis that they rest on: checking a model does without
 * both. NULL unless the model compiled, and when there are too many patterns, which is reported. */
const struct rows *project_rows(struct project *project);

/* Adds what the gate finds to the diagnostics of a model that compiled. False when it fails. */
bool project_gate(struct project *project, const struct gate_options *options);
/* The ids of what is pending, for the gate of a newer state; NULL where there are no rows. */
const struct table *pending_ids(struct project *project);

enum outcome {
    OUTCOME_WRITTEN,
    OUTCOME_INVALID,    /* nothing to write, or too much of it: reported */
    OUTCOME_NO_PICTURE, /* layout failed: reported */
    OUTCOME_NOT_TAKEN,  /* the sink returned false */
    OUTCOME_NO_PAGE     /* the picture has no such page */
};
/* Writes an output of a model that compiled, within the budget that its size allows. */
enum outcome project_emit(struct project *project, const struct format *format,
                          const struct emit_options *options, writer_sink *sink, void *context);

/* Writes a text of the language in house style. False, and nothing written, when it cannot be read.
 */
bool project_reformat(struct project *project, const struct named_text *input, bool sort,
                      struct writer *writer);
/* Writes the model that compiled in one form or the other. False when the file held none. */
bool project_convert(struct project *project, bool to_yaml, struct writer *writer);

struct test_counts {
    size_t passed, failed;
};
/* Tries each `hit` and `miss` of the packs that were added, or of the built-in one where none was;
 * writes what fails, and a line for each pack. */
struct test_counts project_test_rules(struct project *project, struct writer *writer);

#endif
