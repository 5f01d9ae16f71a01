/* Collecting and ordering of problems; the texts come from codes.def. */
// SPDX-License-Identifier: MIT
#include "diag/diag.h"

#include <stdlib.h>
#include <string.h>

const char *const level_words[LEVEL_COUNT] = {
#define LEVEL(id, word, color) word,
#include "diag/levels.def"
#undef LEVEL
};

static const struct diag_kind kinds[] = {
#define DIAGNOSTIC(code, level, name, message, about) {#code, LEVEL_##level, #name, message, about},
#include "diag/codes.def"
#undef DIAGNOSTIC
};

const struct diag_kind *diag_kind(enum diag_code code) {
    return &kinds[code];
}

enum diag_code diag_find(struct slice code) {
    for (size_t i = 0; i < DIAG_COUNT; i++)
        if (slice_is(code, kinds[i].code))
            return (enum diag_code)i;
    return DIAG_COUNT;
}

static struct slice fill(struct arena *arena, const char *message, const struct slice *args) {
    struct memory_writer text;
    memory_writer_open(&text, arena);
    for (const char *at = message; *at;) {
        const char *gap = strstr(at, "{}");
        size_t length = gap ? (size_t)(gap - at) : strlen(at);
        write_bytes(&text.writer, at, length);
        at += length;
        if (!gap)
            break;
        if (args && args->length != SIZE_MAX)
            write_slice(&text.writer, *args++);
        at += 2;
    }
    return memory_writer_close(&text);
}

/* Adds the last error, which says that there are more. */
static struct diagnostic *fill_up(struct diagnostics *diagnostics, struct source *source,
                                  struct span span) {
    struct slice why = text_format(diagnostics->arena, "more than %d mistakes", ERROR_LIMIT);
    diag_add(diagnostics, DIAG_not_read_on, source, span, ARGS(why));
    diagnostics->unkept = ARENA_NEW(diagnostics->arena, struct diagnostic);
    return diagnostics->unkept;
}

struct slice diag_message(struct arena *arena, enum diag_code code, const struct slice *args) {
    return fill(arena, kinds[code].message, args);
}

struct diagnostic *diag_add(struct diagnostics *diagnostics, enum diag_code code,
                            struct source *source, struct span span, const struct slice *args) {
    return diag_add_as(diagnostics, code, kinds[code].level, source, span, args);
}

struct diagnostic *diag_add_as(struct diagnostics *diagnostics, enum diag_code code,
                               enum level level, struct source *source, struct span span,
                               const struct slice *args) {
    bool is_error = level == LEVEL_ERROR;
    if (is_error && diag_is_full(diagnostics))
        return diagnostics->unkept;
    if (is_error && diagnostics->errors == ERROR_LIMIT && code != DIAG_not_read_on)
        return fill_up(diagnostics, source, span);
    struct diagnostic *added = ARENA_NEW(diagnostics->arena, struct diagnostic);
    added->code = code;
    added->level = diagnostics->weights[code] == WEIGHT_ERROR ? LEVEL_ERROR : level;
    added->source = source;
    added->span = span;
    added->message = fill(diagnostics->arena, kinds[code].message, args);
    added->order = diagnostics->list.count;
    if (diagnostics->weights[code] == WEIGHT_SILENT)
        return added;
    *ARRAY_ADD(diagnostics->arena, &diagnostics->list) = added;
    diagnostics->sorted = false;
    diagnostics->errors += added->level == LEVEL_ERROR;
    diagnostics->warnings += added->level == LEVEL_WARNING;
    return added;
}

void diag_hint(struct diagnostics *diagnostics, struct diagnostic *diagnostic, const char *format,
               ...) {
    va_list args;
    if (diagnostic == diagnostics->unkept)
        return;
    va_start(args, format);
    diagnostic->hint = text_vformat(diagnostics->arena, format, args);
    va_end(args);
}

void diag_fix(struct diagnostics *diagnostics, struct diagnostic *diagnostic, struct slice text) {
    if (diagnostic != diagnostics->unkept)
        diagnostic->fix = text;
}

void diag_replace(struct diagnostics *diagnostics, struct diagnostic *diagnostic,
                  const char *text) {
    diag_hint(diagnostics, diagnostic, "write '%s'", text);
    diag_fix(diagnostics, diagnostic, slice_of(text));
}

/* Whether the place is that of the word alone, with or without quotes. */
static bool marks_word(const struct diagnostic *diagnostic, struct slice word) {
    struct slice marked = source_slice(diagnostic->source, diagnostic->span);
    bool quoted = marked.length == word.length + 2 && (*marked.at == '"' || *marked.at == '\'');
    return slice_equal(quoted ? slice_part(marked, 1, word.length) : marked, word);
}

void diag_suggest(struct diagnostics *diagnostics, struct diagnostic *diagnostic, struct slice name,
                  const struct slice *names, size_t count) {
    int nearest = diagnostic == diagnostics->unkept ? -1 : text_nearest(name, names, count);
    if (nearest < 0)
        return;
    diag_hint(diagnostics, diagnostic, "did you mean '%.*s'?", SLICE_ARGS(names[nearest]));
    if (marks_word(diagnostic, name))
        diag_fix(diagnostics, diagnostic, names[nearest]);
}

void diag_note(struct diagnostics *diagnostics, struct diagnostic *diagnostic,
               struct source *source, struct span span, const char *format, ...) {
    if (diagnostic == diagnostics->unkept)
        return;
    struct diag_note *note = ARENA_NEW(diagnostics->arena, struct diag_note);
    va_list args;
    va_start(args, format);
    note->message = text_vformat(diagnostics->arena, format, args);
    va_end(args);
    note->source = source;
    note->span = span;
    struct diag_note **end = &diagnostic->notes;
    while (*end)
        end = &(*end)->next;
    *end = note;
}

void diag_take(struct diagnostics *diagnostics, const struct diagnostics *more) {
    for (size_t i = 0; i < more->list.count; i++)
        *ARRAY_ADD(diagnostics->arena, &diagnostics->list) = more->list.items[i];
    diagnostics->errors += more->errors;
    diagnostics->warnings += more->warnings;
    diagnostics->sorted = false;
}

static int compare(const void *left, const void *right) {
    const struct diagnostic *a = *(struct diagnostic *const *)left;
    const struct diagnostic *b = *(struct diagnostic *const *)right;
    if (a->source != b->source) {
        if (!a->source || !b->source)
            return a->source ? -1 : 1;
        return slice_compare(a->source->path, b->source->path);
    }
    if (a->span.start != b->span.start)
        return a->span.start < b->span.start ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

void diag_sort(struct diagnostics *diagnostics) {
    if (!diagnostics->sorted && diagnostics->list.count > 1)
        qsort(diagnostics->list.items, diagnostics->list.count, sizeof *diagnostics->list.items,
              compare);
    diagnostics->sorted = true;
}
