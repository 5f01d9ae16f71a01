/* Lists are joined as people would: each addition stays behind what stands before it on its own
 * side. Everything is one pass, with tables for keys. */
// SPDX-License-Identifier: MIT
#include "syntax/merge_order.h"

#include "syntax/sort.h"

/* ---- keys -------------------------------------------------------------------------------- */

/* How often a comment stands in each version. */
struct repeats {
    size_t count[VERSIONS];
};

static void count_comments(struct arena *arena, struct table *comments, const struct parts *parts,
                           enum version version) {
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->items[i].item)
            continue;
        struct repeats *repeats =
            table_intern(arena, comments, parts->items[i].key, ARENA_NEW(arena, struct repeats));
        repeats->count[version]++;
    }
}

static bool is_repeated(const struct table *comments, const struct part *part) {
    const struct repeats *repeats = table_get(comments, part->key);
    return repeats &&
           (repeats->count[BASE] > 1 || repeats->count[OURS] > 1 || repeats->count[THEIRS] > 1);
}

/* A comment that stands there twice is told apart by the item below it. */
static void distinguish_comments(struct arena *arena, const struct table *comments,
                                 struct parts *parts) {
    struct slice below = {"", 0};
    for (size_t i = parts->count; i-- > 0;) {
        struct part *part = &parts->items[i];
        if (part->item)
            below = part->key;
        else if (is_repeated(comments, part))
            part->key = text_join(arena, part->key, SLICE("\n"), below);
    }
}

/* The second one of a key in one version is another thing than the first one. */
static struct slice numbered(struct arena *arena, struct table *seen, struct part *part) {
    size_t *count = table_intern(arena, seen, part->key, ARENA_NEW(arena, size_t));
    return ++*count > 1 ? text_format(arena, "%.*s\n\n%zu", SLICE_ARGS(part->key), *count)
                        : part->key;
}

static void make_keys_unique(struct arena *arena, struct versions *versions) {
    struct table comments = {0};
    for (int i = 0; i < VERSIONS; i++)
        count_comments(arena, &comments, &versions->in[i], (enum version)i);
    for (int i = 0; i < VERSIONS; i++) {
        struct table seen = {0};
        struct parts *parts = &versions->in[i];
        distinguish_comments(arena, &comments, parts);
        for (size_t j = 0; j < parts->count; j++)
            parts->items[j].key = numbered(arena, &seen, &parts->items[j]);
    }
}

static void find_entries(struct arena *arena, struct versions *versions) {
    struct table entries = {0};
    make_keys_unique(arena, versions);
    for (int i = 0; i < VERSIONS; i++)
        for (size_t j = 0; j < versions->in[i].count; j++) {
            struct part *part = &versions->in[i].items[j];
            part->entry = table_get(&entries, part->key);
            if (!part->entry)
                part->entry =
                    table_intern(arena, &entries, part->key, ARENA_NEW(arena, struct entry));
            part->entry->in[i] = part;
        }
}

/* ---- what becomes of them ---------------------------------------------------------------- */

static bool is_changed(const struct part *before, const struct part *after) {
    return !is_same_text(before->text, after->text) || !is_same_text(before->trail, after->trail);
}

static bool survives(const struct entry *entry) {
    const struct part *base = entry->in[BASE], *ours = entry->in[OURS], *theirs = entry->in[THEIRS];
    if (ours && theirs)
        return true;
    const struct part *only = ours ? ours : theirs;
    return only && (!base || (only->item && is_changed(base, only)));
}

static bool is_in_order(const struct parts *parts) {
    size_t last = 0;
    for (size_t i = 0; i < parts->count; i++) {
        const struct entry *entry = parts->items[i].entry;
        if (!entry->in[BASE] || !entry->in[OURS] || !entry->in[THEIRS])
            continue;
        if (entry->in[BASE]->number < last)
            return false;
        last = entry->in[BASE]->number;
    }
    return true;
}

enum version main_side(const struct versions *versions) {
    return is_in_order(&versions->in[OURS]) && !is_in_order(&versions->in[THEIRS]) ? THEIRS : OURS;
}

/* ---- runs of additions ------------------------------------------------------------------- */

/* Entries that stand one after the other. */
struct run {
    struct entry *first, *last; /* NULL: none */
};

static void append(struct run *run, struct entry *entry) {
    entry->next = NULL;
    if (run->last)
        run->last->next = entry;
    else
        run->first = entry;
    run->last = entry;
}

static struct part *part_in(const struct entry *entry, enum version version) {
    return entry->in[version];
}

/* The first entry of what belongs together, cut off: comments and all items below them, or, where
 * no comment leads, one item. */
static struct run take_group(struct entry **rest, enum version version) {
    struct run group = {0};
    struct entry *entry = *rest;
    bool led = !part_in(entry, version)->item, in_comments = true;
    while (entry && (led ? in_comments || part_in(entry, version)->item : !group.first)) {
        struct entry *next = entry->next;
        in_comments &= !part_in(entry, version)->item;
        append(&group, entry);
        entry = next;
    }
    *rest = entry;
    return group;
}

static bool is_led(const struct entry *entry, enum version version) {
    return !part_in(entry, version)->item;
}

static struct sort_key group_key(const struct versions *versions, const struct entry *entry,
                                 enum version version) {
    while (entry->next && is_led(entry, version))
        entry = entry->next;
    const struct item *item = part_in(entry, version)->item;
    return item ? sort_key_of(item, versions->threats[version])
                : (struct sort_key){.kind = KIND_COUNT};
}

/* Whether the other side's next group comes before that of the main one. Items without a comment
 * belong to what stands above, so they come first. */
static bool comes_first(const struct versions *versions, const struct entry *other,
                        const struct entry *here, enum version main) {
    enum version side = main == OURS ? THEIRS : OURS;
    bool other_led = is_led(other, side), here_led = is_led(here, main);
    if (other_led != here_led)
        return here_led;
    if (!versions->threats[BASE])
        return side == OURS;
    struct sort_key a = group_key(versions, other, side), b = group_key(versions, here, main);
    int order = compare_sort_keys(&a, &b);
    return order ? order < 0 : side == OURS;
}

static void append_run(struct run *to, struct run run) {
    for (struct entry *entry = run.first, *next; entry; entry = next) {
        next = entry->next;
        append(to, entry);
    }
}

static struct run join_runs(const struct versions *versions, struct run here, struct run other,
                            enum version main) {
    struct run joined = {0};
    struct entry *a = here.first, *b = other.first;
    enum version side = main == OURS ? THEIRS : OURS;
    while (a || b) {
        bool take_other = b && (!a || comes_first(versions, b, a, main));
        append_run(&joined, take_other ? take_group(&b, side) : take_group(&a, main));
    }
    return joined;
}

/* ---- the result -------------------------------------------------------------------------- */

/* What the main side alone has added directly behind an entry of the result. */
static struct run additions_behind(struct entry *before, enum version main) {
    enum version side = main == OURS ? THEIRS : OURS;
    struct run run = {before->next, NULL};
    for (struct entry *entry = before->next;
         entry && !entry->in[BASE] && !entry->in[side] && entry->in[main]; entry = entry->next)
        run.last = entry;
    return run.last ? run : (struct run){0};
}

static void insert_run(const struct versions *versions, struct entry *before, struct run added,
                       enum version main) {
    struct run here = additions_behind(before, main);
    struct entry *rest = here.last ? here.last->next : before->next;
    if (here.last)
        here.last->next = NULL;
    struct run joined = join_runs(versions, here, added, main);
    if (joined.last)
        joined.last->next = rest;
    before->next = joined.first;
}

/* Each run of what the main side lacks goes behind what stands before it on its own side. */
static void insert_others(const struct versions *versions, struct entry *head, enum version main) {
    const struct parts *parts = &versions->in[main == OURS ? THEIRS : OURS];
    struct entry *last = head;
    struct run run = {0};
    for (size_t i = 0; i <= parts->count; i++) {
        struct entry *entry = i < parts->count ? parts->items[i].entry : NULL;
        if (entry && !entry->placed) {
            if (survives(entry))
                append(&run, entry);
            continue;
        }
        if (run.first)
            insert_run(versions, last, run, main);
        run = (struct run){0};
        last = entry ? entry : last;
    }
}

struct entry *order_entries(struct arena *arena, struct versions *versions) {
    find_entries(arena, versions);
    enum version main = main_side(versions);
    struct entry head = {0};
    struct run result = {&head, &head};
    for (size_t i = 0; i < versions->in[main].count; i++) {
        struct entry *entry = versions->in[main].items[i].entry;
        if (survives(entry)) {
            entry->placed = true;
            append(&result, entry);
        }
    }
    insert_others(versions, &head, main);
    return head.next;
}
