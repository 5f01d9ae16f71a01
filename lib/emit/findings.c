/* Makes findings of diagnostics, orders them, and says by what hosts know one again. */
// SPDX-License-Identifier: MIT
#include "emit/findings.h"

#include "emit/emit.h"

#include <inttypes.h>
#include <stdlib.h>

/* ---- paths ------------------------------------------------------------------------------- */

/* Without "." and "..", as far as the path itself says where those lead. */
static struct slice cleaned(struct arena *arena, struct slice path) {
    char *clean = arena_copy(arena, path.at, path.length);
    size_t top = path.length && *path.at == '/' ? 1 : 0, length = top, floor = top;
    struct slice rest = path, name;
    while (slice_cut(&rest, '/', &name)) {
        if (!name.length || slice_is(name, "."))
            continue;
        bool up = slice_is(name, "..");
        if (up && length > floor) {
            while (length > floor && clean[length - 1] != '/')
                length--;
            length -= length > floor;
            continue;
        }
        if (up && top)
            continue; /* above the top is the top */
        if (length > top)
            clean[length++] = '/';
        memmove(clean + length, name.at, name.length);
        length += name.length;
        if (up)
            floor = length;
    }
    return (struct slice){clean, length};
}

struct slice seen_from(struct arena *arena, const struct viewpoint *viewpoint, struct slice path) {
    struct slice root = viewpoint->root, folder = viewpoint->folder;
    bool is_absolute = path.length && *path.at == '/';
    if (!path.length || (!is_absolute && !folder.length))
        return cleaned(arena, path);
    struct slice whole = is_absolute ? path : text_join(arena, folder, SLICE("/"), path);
    whole = cleaned(arena, whole);
    size_t length = root.length - (root.length && root.at[root.length - 1] == '/');
    if (root.length && whole.length > length + 1 && whole.at[length] == '/' &&
        slice_equal(slice_part(whole, 0, length), slice_part(root, 0, length)))
        return slice_part(whole, length + 1, whole.length);
    return is_absolute ? whole : cleaned(arena, path);
}

struct finding_place finding_place(struct arena *arena, const struct viewpoint *viewpoint,
                                   struct source *source, struct span span) {
    if (!source)
        return (struct finding_place){0};
    return (struct finding_place){seen_from(arena, viewpoint, source->path),
                                  source_place(arena, source, span.start),
                                  source_place(arena, source, span.end)};
}

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

void copy_findings(struct arena *arena, struct findings *copy, const struct findings *findings) {
    *copy = (struct findings){.path = copy->path, .problems = copy->problems};
    copy->left_out = findings->left_out;
    for (size_t i = 0; i < findings->rules.count; i++)
        copy_rule(arena, copy, findings->rules.items[i]);
    for (size_t i = 0; i < findings->list.count; i++) {
        struct finding finding = findings->list.items[i];
        finding.rule = copy->rules.items[finding.rule->index];
        finding.place = copy_place(arena, finding.place);
        finding.message = slice_copy(arena, finding.message);
        finding.key = slice_copy(arena, finding.key);
        finding.notes = copy_notes(arena, finding.notes);
        *ARRAY_ADD(arena, &copy->list) = finding;
    }
}

/* ---- identity and order ------------------------------------------------------------------ */

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '\'' || c == '"' || (signed char)c < 0;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The message without its numbers: those that stand alone, not those of names. */
static uint64_t hash_message(uint64_t hash, struct slice message) {
    const char *at = message.at, *end = message.at + message.length;
    char before = ' ';
    while (at < end) {
        const char *start = at;
        while (at < end && is_digit(*at))
            at++;
        bool is_number = at > start && !is_word(before) && (at == end || !is_word(*at));
        at += at == start;
        if (!is_number)
            hash = text_hash(hash, (struct slice){start, (size_t)(at - start)});
        before = at[-1];
    }
    return hash;
}

static uint64_t identity(const struct finding *finding, struct slice path) {
    uint64_t hash = text_hash(text_hash(TEXT_HASH, finding->rule->id), SLICE("\n"));
    hash = text_hash(text_hash(hash, path), SLICE("\n"));
    return finding->key.length ? text_hash(hash, finding->key)
                               : hash_message(hash, finding->message);
}

void number_findings(struct arena *arena, struct findings *findings) {
    struct table seen = {0};
    for (size_t i = 0; i < findings->list.count; i++) {
        struct finding *finding = &findings->list.items[i];
        struct slice key =
            text_format(arena, "%016" PRIx64, identity(finding, finding->place.path));
        struct finding *first = table_intern(arena, &seen, key, ARENA_NEW(arena, struct finding));
        finding->again = first->again++;
    }
}

struct slice fingerprint(struct arena *arena, const struct finding *finding, struct slice path) {
    return text_format(arena, "%016" PRIx64 ":%zu", identity(finding, path), finding->again + 1);
}

static int compare(const void *left, const void *right) {
    const struct finding *a = *(const struct finding *const *)left;
    const struct finding *b = *(const struct finding *const *)right;
    if (a->level != b->level)
        return a->level > b->level ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank > b->rank ? -1 : 1;
    return a < b ? -1 : a > b; /* both are of one array */
}

const struct finding **worst_first(struct arena *arena, const struct findings *findings) {
    const struct finding **list = ARENA_ARRAY(arena, const struct finding *, findings->list.count);
    for (size_t i = 0; i < findings->list.count; i++)
        list[i] = &findings->list.items[i];
    if (findings->list.count)
        qsort(list, findings->list.count, sizeof *list, compare);
    return list;
}
