/* Problems as data: code, place, sentence, hint, notes. The code that finds a problem adds it here
 * and goes on; nothing prints. */
// SPDX-License-Identifier: MIT
#ifndef DIAG_DIAG_H
#define DIAG_DIAG_H

#include "base/writer.h"
#include "diag/source.h"

enum level {
#define LEVEL(id, word, color) LEVEL_##id,
#include "diag/levels.def"
#undef LEVEL
    LEVEL_COUNT
};
extern const char *const level_words[LEVEL_COUNT];

enum diag_code {
#define DIAGNOSTIC(code, level, name, message, about) DIAG_##name,
#include "diag/codes.def"
#undef DIAGNOSTIC
    DIAG_COUNT
};

struct diag_note {
    struct diag_note *next;
    struct source *source;
    struct span span;
    struct slice message;
};

struct diagnostic {
    enum diag_code code;
    enum level level;
    struct source *source; /* NULL: about no place in a text */
    struct span span;
    struct slice message, hint; /* the hint is shown after the caret; may be empty */
    struct slice fix; /* what to write in place of the span; its `at` is NULL where nobody knows */
    struct diag_note *notes;
    struct slice key; /* what it is about, "S@webhook/forged_caller": by this, and by its code,
                         hosts know it again whatever it says; "": by what it says */
    const char *gate; /* the rule of the gate that it breaks; NULL: none */
    int rank;         /* among those of its level: higher is worse */
    bool about_file;  /* as a whole: no line of it is shown */
    size_t order;     /* of arrival, to keep the sort stable */
};

/* How the caller wants a warning to count; an error always stays one. */
enum diag_weight { WEIGHT_OF_TABLE, WEIGHT_ERROR, WEIGHT_SILENT };

/* After this many errors no further one is kept, and reading stops: the rest of the text would only
 * repeat them, and take memory by the gigabyte. */
#define ERROR_LIMIT 1000

struct diagnostics {
    struct arena *arena;
    ARRAY_OF(struct diagnostic *) list;
    size_t errors, warnings;
    /* Handed out for each error beyond the limit; NULL while that is not reached. */
    struct diagnostic *unkept;
    unsigned char weights[DIAG_COUNT]; /* enum diag_weight */
    bool sorted;                       /* since the last one was added */
    /* The rules of the gate that were tried, in order, also those that nothing breaks. NULL: the
     * gate was not asked. */
    const char *const *tried;
    size_t tried_count;
};

struct diag_kind {
    const char *code; /* "E0203" */
    enum level level;
    const char *name;    /* "unknown-element" */
    const char *message; /* {} stands for the next argument */
    const char *about;   /* what it means and what to do, for `explain` and the manual */
};

const struct diag_kind *diag_kind(enum diag_code code);
/* DIAG_COUNT when there is no such code. */
enum diag_code diag_find(struct slice code);

static inline bool diag_is_full(const struct diagnostics *diagnostics) {
    return diagnostics->unkept != NULL;
}

/* Adds a problem, unless its code is silenced or there are too many. Each {} of the code's message
 * is filled by the next of `args`: ARGS(a, b), or NULL where there is none. The result lives as
 * long as the arena. */
#define ARGS_END ((struct slice){NULL, SIZE_MAX})
#define ARGS(...) ((const struct slice[]){__VA_ARGS__, ARGS_END})
struct diagnostic *diag_add(struct diagnostics *diagnostics, enum diag_code code,
                            struct source *source, struct span span, const struct slice *args);
/* The message alone, for what is told and is no problem. */
struct slice diag_message(struct arena *arena, enum diag_code code, const struct slice *args);
/* The same on another level than that of the table, as a policy or a date can demand. */
struct diagnostic *diag_add_as(struct diagnostics *diagnostics, enum diag_code code,
                               enum level level, struct source *source, struct span span,
                               const struct slice *args);
/* Replace the hint, add a note at the end. They keep no pointer to the arguments. */
void diag_hint(struct diagnostics *diagnostics, struct diagnostic *diagnostic, const char *format,
               ...) __attribute__((format(printf, 3, 4)));
/* The text that mends it, in place of the span. */
void diag_fix(struct diagnostics *diagnostics, struct diagnostic *diagnostic, struct slice text);
/* The hint "write 'x'", which is the fix as well. */
void diag_replace(struct diagnostics *diagnostics, struct diagnostic *diagnostic, const char *text);
/* "did you mean 'x'?" when one of the names is near. */
void diag_suggest(struct diagnostics *diagnostics, struct diagnostic *diagnostic, struct slice name,
                  const struct slice *names, size_t count);
void diag_note(struct diagnostics *diagnostics, struct diagnostic *diagnostic,
               struct source *source, struct span span, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Reports a source that is too large, control characters, and the first byte that is not UTF-8.
 * False when it cannot be read at all. */
bool check_source(struct diagnostics *diagnostics, struct source *source);
/* "UTF-16 (little-endian)" and the like, by marks and zero bytes; NULL when it may be UTF-8. */
const char *source_encoding(const struct source *source);
/* Adds all of another list, made with the same arena. */
void diag_take(struct diagnostics *diagnostics, const struct diagnostics *more);
/* By path, then place; what has no place comes last. */
void diag_sort(struct diagnostics *diagnostics);

#endif
