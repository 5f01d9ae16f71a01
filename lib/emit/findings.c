/* Makes findings of diagnostics, and copies them. */
// SPDX-License-Identifier: MIT
#include "emit/findings.h"

#include "emit/diagnostics.h"
#include "emit/emit.h"

/* ---- rules ------------------------------------------------------------------------------- */

struct finding_rule *finding_rule(struct arena *arena, struct findings *findings, struct slice id) {
    struct finding_rule *rule = table_get(&findings->rules_by_id, id);
    if (rule)
        return rule;
    rule = ARENA_NEW(arena, struct finding_rule);
    rule->id = id;
    rule->index = findings->rules.count;
    *ARRAY_ADD(arena, &findings->rules) = rule;
    table_intern(arena, &findings->rules_by_id, id, rule);
    return rule;
}

/* "unknown-element" of "unknown_element", or "Unknown element". */
static struct slice name_of(struct arena *arena, const char *name, bool in_words) {
    char *words = arena_copy(arena, name, strlen(name));
    for (char *at = words; *at; at++)
        *at = *at == '_' ? (in_words ? ' ' : '-') : *at;
    if (in_words && *words >= 'a' && *words <= 'z')
        *words = (char)(*words - 'a' + 'A');
    return slice_of(words);
}

static struct finding_rule *rule_of_code(struct arena *arena, struct findings *findings,
                                         const struct diag_kind *kind) {
    struct finding_rule *rule = finding_rule(arena, findings, slice_of(kind->code));
    if (rule->name.length)
        return rule;
    rule->name = name_of(arena, kind->name, false);
    rule->title = name_of(arena, kind->name, true);
    rule->about = slice_of(kind->about);
    rule->level = kind->level;
    return rule;
}

/* ---- findings ---------------------------------------------------------------------------- */

struct slice visible_line(struct arena *arena, struct slice text) {
    struct memory_writer line;
    memory_writer_open(&line, arena);
    write_terminal(&line.writer, text);
    return memory_writer_close(&line);
}

static struct slice message_of(struct arena *arena, const struct diagnostic *diagnostic) {
    struct slice message = visible_line(arena, diagnostic->message);
    struct slice hint = visible_line(arena, diagnostic->hint);
    return hint.length ? text_join(arena, message, SLICE(": "), hint) : message;
}

static struct finding_note *notes_of(struct arena *arena, const struct viewpoint *viewpoint,
                                     const struct diagnostic *diagnostic) {
    struct finding_note *first = NULL, **end = &first;
    for (const struct diag_note *note = diagnostic->notes; note; note = note->next) {
        *end = ARENA_NEW(arena, struct finding_note);
        (*end)->place = finding_place(arena, viewpoint, note->source, note->span);
        (*end)->message = visible_line(arena, note->message);
        end = &(*end)->next;
    }
    return first;
}

struct findings *findings_at(struct arena *arena, struct findings_list *list, struct slice path) {
    struct findings *findings = table_get(&list->by_path, path);
    if (findings)
        return findings;
    findings = ARENA_NEW(arena, struct findings);
    findings->path = path;
    *ARRAY_ADD(arena, &list->models) = findings;
    table_intern(arena, &list->by_path, path, findings);
    return findings;
}

static struct slice text_of(struct diagnostics *diagnostics) {
    struct memory_writer text;
    memory_writer_open(&text, diagnostics->arena);
    write_diagnostics(diagnostics, &text.writer, false);
    return memory_writer_close(&text);
}

struct findings *findings_of(struct diagnostics *diagnostics, const struct viewpoint *viewpoint) {
    struct arena *arena = diagnostics->arena;
    struct findings *findings = ARENA_NEW(arena, struct findings);
    for (size_t i = 0; i < diagnostics->list.count; i++) {
        const struct diagnostic *diagnostic = diagnostics->list.items[i];
        *ARRAY_ADD(arena, &findings->list) = (struct finding){
            .rule = rule_of_code(arena, findings, diag_kind(diagnostic->code)),
            .level = diagnostic->level,
            .rank = diagnostic->rank,
            .place = finding_place(arena, viewpoint, diagnostic->source, diagnostic->span),
            .message = message_of(arena, diagnostic),
            .key = diagnostic->key,
            .notes = notes_of(arena, viewpoint, diagnostic),
            .gate = diagnostic->gate,
        };
    }
    number_findings(arena, findings);
    findings->tried = diagnostics->tried;
    findings->tried_count = diagnostics->tried_count;
    findings->text = text_of(diagnostics);
    return findings;
}

/* ---- copies ------------------------------------------------------------------------------ */

static struct finding_place copy_place(struct arena *arena, struct finding_place place) {
    place.path = slice_copy(arena, place.path);
    return place;
}

static struct finding_note *copy_notes(struct arena *arena, const struct finding_note *note) {
    struct finding_note *first = NULL, **end = &first;
    for (; note; note = note->next, end = &(*end)->next) {
        *end = ARENA_NEW(arena, struct finding_note);
        (*end)->place = copy_place(arena, note->place);
        (*end)->message = slice_copy(arena, note->message);
    }
    return first;
}

static struct finding_rule *copy_rule(struct arena *arena, struct findings *copy,
                                      const struct finding_rule *rule) {
    struct finding_rule *made = finding_rule(arena, copy, slice_copy(arena, rule->id));
    size_t index = made->index;
    struct slice id = made->id;
    *made = *rule;
    made->id = id, made->index = index;
    made->name = slice_copy(arena, rule->name);
    made->title = slice_copy(arena, rule->title);
    made->about = slice_copy(arena, rule->about);
    return made;
}

static const char *copy_word(struct arena *arena, const char *word) {
    return word ? arena_copy(arena, word, strlen(word)) : NULL;
}

static const char *const *copy_words(struct arena *arena, const char *const *words, size_t count) {
    const char **copy = ARENA_ARRAY(arena, const char *, count);
    for (size_t i = 0; i < count; i++)
        copy[i] = copy_word(arena, words[i]);
    return copy;
}

void copy_findings(struct arena *arena, struct findings *copy, const struct findings *findings) {
    *copy = (struct findings){.path = copy->path, .problems = copy->problems};
    copy->left_out = findings->left_out;
    copy->tried = copy_words(arena, findings->tried, findings->tried_count);
    copy->tried_count = findings->tried_count;
    copy->text = slice_copy(arena, findings->text);
    for (size_t i = 0; i < findings->rules.count; i++)
        copy_rule(arena, copy, findings->rules.items[i]);
    for (size_t i = 0; i < findings->list.count; i++) {
        struct finding finding = findings->list.items[i];
        finding.rule = copy->rules.items[finding.rule->index];
        finding.place = copy_place(arena, finding.place);
        finding.message = slice_copy(arena, finding.message);
        finding.key = slice_copy(arena, finding.key);
        finding.gate = copy_word(arena, finding.gate);
        finding.notes = copy_notes(arena, finding.notes);
        *ARRAY_ADD(arena, &copy->list) = finding;
    }
}
