/* By what hosts know a finding again, and the order in which they see them. */
// SPDX-License-Identifier: MIT
#include "emit/findings.h"

#include <inttypes.h>
#include <stdlib.h>

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '\'' || c == '"' || (signed char)c < 0;
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
    if (!a->suppression != !b->suppression)
        return a->suppression ? 1 : -1;
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

const struct finding **all_worst_first(struct arena *arena, const struct findings_list *list,
                                       size_t *count) {
    struct findings *all = ARENA_NEW(arena, struct findings);
    struct table seen = {0};
    for (size_t i = 0; i < list->models.count; i++) {
        const struct findings *findings = list->models.items[i];
        for (size_t j = 0; j < findings->list.count; j++) {
            struct finding finding = findings->list.items[j];
            finding.place = shown_place(&finding, findings);
            struct slice key = fingerprint(arena, &finding, finding.place.path);
            size_t known = seen.count;
            table_intern(arena, &seen, key, &findings->list.items[j]);
            if (seen.count > known)
                *ARRAY_ADD(arena, &all->list) = finding;
        }
    }
    *count = all->list.count;
    return worst_first(arena, all);
}

size_t count_findings(const struct findings *findings, enum level level) {
    size_t count = 0;
    for (size_t i = 0; i < findings->list.count; i++)
        count += findings->list.items[i].level == level;
    return count;
}

struct finding_place shown_place(const struct finding *finding, const struct findings *findings) {
    static const struct place first = {1, 1};
    return finding->place.path.length ? finding->place
                                      : (struct finding_place){findings->path, first, first};
}
