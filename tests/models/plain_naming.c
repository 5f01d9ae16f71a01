/* By the texts of ids, and by a walk over each condition: nothing is judged here. */
// SPDX-License-Identifier: MIT
#include "models/plain_naming.h"

#include "analysis/exchanges.h"

#include <stdlib.h>

static const struct part *parts_of(const struct plain *plain) {
    return plain->world->sketch.parts;
}

/* ---- ids --------------------------------------------------------------------------------- */

struct slice part_id(const struct plain *plain, size_t part) {
    return sketch_id(plain->arena, &plain->world->sketch, part, false);
}

struct words words_of(const struct plain *plain, struct slice value) {
    struct words words = {0};
    struct slice word;
    if (value.length && *value.at == '[')
        value = slice_part(value, 1, value.length - 2);
    while (value.length && slice_cut(&value, ',', &word)) {
        word = slice_trim(word);
        if (word.length && *word.at == '"')
            word = slice_part(word, 1, word.length - 2);
        *ARRAY_ADD(plain->arena, &words) = word;
    }
    return words;
}

static struct slice stated_value(const struct plain *plain, size_t part, const char *attribute) {
    const struct part *at = &parts_of(plain)[part];
    for (size_t i = 0; i < at->count; i++)
        if (strcmp(attribute_rows[at->stated[i].id].name, attribute) == 0)
            return at->stated[i].value;
    return SLICE("");
}

static struct slice spelled(const struct plain *plain, size_t part, bool imported,
                            struct slice id) {
    return parts_of(plain)[part].imported && !imported
               ? text_join(plain->arena, SLICE("lib."), SLICE(""), id)
               : id;
}

/* All ids that the part has had, as its own file spells them; of an unnamed flow also those made
 * of any ids of its ends. */
static struct words former_ids(const struct plain *plain, size_t part, bool with_own);

static void add_derived(const struct plain *plain, const struct part *flow, struct words *ids) {
    struct words ends[2];
    for (size_t i = 0; i < 2; i++) {
        size_t end = i ? flow->to : flow->from;
        ends[i] = former_ids(plain, end, true);
        for (size_t j = 0; j < ends[i].count; j++)
            ends[i].items[j] = spelled(plain, end, flow->imported, ends[i].items[j]);
    }
    for (size_t i = 0; i < ends[0].count; i++)
        for (size_t j = 0; j < ends[1].count; j++) {
            struct slice id =
                text_join(plain->arena, ends[0].items[i], SLICE("_to_"), ends[1].items[j]);
            char *at = arena_copy(plain->arena, id.at, id.length);
            for (size_t k = 0; k < id.length; k++)
                at[k] = (char)(at[k] == '.' ? '_' : at[k]);
            *ARRAY_ADD(plain->arena, ids) = (struct slice){at, id.length};
        }
}

static struct words former_ids(const struct plain *plain, size_t part, bool with_own) {
    const struct part *at = &parts_of(plain)[part];
    struct words ids = words_of(plain, stated_value(plain, part, "was"));
    if (with_own)
        *ARRAY_ADD(plain->arena, &ids) =
            sketch_id(plain->arena, &plain->world->sketch, part, at->imported);
    if (at->unnamed)
        add_derived(plain, at, &ids);
    return ids;
}

static bool is_candidate(const struct part *part, bool imported, unsigned kinds) {
    return !part->gone && kind_in(part->kind, kinds) && (part->imported || !imported);
}

size_t find_part(const struct plain *plain, struct slice id, bool imported, unsigned kinds) {
    const struct part *parts = parts_of(plain);
    size_t count = plain->world->sketch.count;
    for (size_t i = 0; i < count; i++)
        if (is_candidate(&parts[i], imported, kinds) &&
            slice_equal(id, sketch_id(plain->arena, &plain->world->sketch, i, imported)))
            return i;
    for (size_t i = 0; i < count; i++) {
        if (!is_candidate(&parts[i], imported, kinds))
            continue;
        struct words ids = former_ids(plain, i, false);
        for (size_t j = 0; j < ids.count; j++)
            if (slice_equal(id, spelled(plain, i, imported, ids.items[j])))
                return i;
    }
    return NO_PART;
}

/* ---- what a word names ------------------------------------------------------------------- */

static const struct row *row_at(const struct plain *plain, struct slice id, struct slice letter) {
    for (size_t i = 0; i < plain->rows->cell_count; i++)
        if (slice_equal(decl_id(plain->rows->cells[i].subject), id) &&
            slice_equal(plain->rows->cells[i].letter->code, letter))
            return &plain->rows->cells[i];
    return NULL;
}

static bool was_called(const struct rule *rule, struct slice id) {
    for (size_t i = 0; i < rule->was_count; i++)
        if (slice_equal(rule->was[i], id))
            return true;
    return false;
}

/* Whether the rule's question can stand at this subject, with this flow behind it. */
static bool fits(const struct plain *plain, const struct rule *rule, size_t subject, size_t flow) {
    const struct part *parts = parts_of(plain);
    size_t tried = flow == NO_PART ? subject : flow;
    if (!kind_in(parts[tried].kind, subject_rows[rule->on].kinds))
        return false;
    if (rule->row == OF_SUBJECT)
        return flow == NO_PART;
    return flow != NO_PART && (rule->row == OF_FROM ? parts[flow].from : parts[flow].to) == subject;
}

struct spots_named find_named(const struct plain *plain, struct slice word, bool imported) {
    struct spots_named named = {0};
    struct slice rest = word, letter = {"", 0}, id = {"", 0}, rule_id = {"", 0};
    slice_cut(&rest, '@', &letter);
    slice_cut(&rest, '/', &id);
    size_t subject = find_part(plain, id, imported, ON_SUBJECT), flow = NO_PART;
    if (subject == NO_PART || !row_at(plain, part_id(plain, subject), letter))
        return named;
    if (!rest.length) {
        *ARRAY_ADD(plain->arena, &named) = (struct spot_named){
            row_at(plain, part_id(plain, subject), letter), NULL, part_id(plain, subject)};
        return named;
    }
    slice_cut(&rest, '/', &rule_id);
    if (rest.length && (flow = find_part(plain, rest, imported, ON_FLOW)) == NO_PART)
        return named;
    const struct rule_pack *pack = plain->rows->pack;
    for (int former = 0; former < 2 && !named.count; former++)
        for (size_t i = 0; i < pack->rules.count; i++) {
            const struct rule *rule = pack->rules.items[i];
            if ((former ? was_called(rule, rule_id) : slice_equal(rule->id, rule_id)) &&
                fits(plain, rule, subject, flow))
                *ARRAY_ADD(plain->arena, &named) =
                    (struct spot_named){row_at(plain, part_id(plain, subject), rule->letter->code),
                                        rule, part_id(plain, flow == NO_PART ? subject : flow)};
        }
    return named;
}

struct slice aim_id(const struct plain *plain, const struct spot_named *at) {
    struct slice row = row_id(plain->arena, at->row);
    if (!at->rule)
        return row;
    struct slice id = text_join(plain->arena, row, SLICE("/"), at->rule->id);
    return at->rule->row == OF_SUBJECT ? id : text_join(plain->arena, id, SLICE("/"), at->spot);
}

/* ---- what a rule reads ------------------------------------------------------------------- */

struct walk {
    const struct plain *plain;
    size_t self;
    enum basis_kind basis;
    bool unstated;
    struct reads *reads;
};

static bool is_fetched(const struct plain *plain, size_t flow) {
    return slice_is(stated_value(plain, flow, "initiator"), "target");
}

static int compare_words(const void *left, const void *right) {
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

/* In order of the words, as that of a list says nothing. */
static struct slice joined(const struct plain *plain, struct words words) {
    struct slice all = SLICE("");
    if (words.count > 1)
        qsort(words.items, words.count, sizeof *words.items, compare_words);
    for (size_t i = 0; i < words.count; i++)
        all = i ? text_join(plain->arena, all, SLICE(","), words.items[i]) : words.items[i];
    return all;
}

int safety_of_words(enum kind kind, const char *attribute, struct slice words) {
    enum attribute_id id = ATTRIBUTE_COUNT;
    struct slice word;
    for (size_t i = 0; attribute_of_kind(kind, i) != ATTRIBUTE_COUNT; i++)
        if (strcmp(attribute_rows[attribute_of_kind(kind, i)].name, attribute) == 0)
            id = attribute_of_kind(kind, i);
    if (!words.length || id == ATTRIBUTE_COUNT)
        return 1;
    while (slice_cut(&words, ',', &word)) {
        const char *rest = attribute_rows[id].values;
        struct slice value;
        bool safe = false, any = false;
        while (attribute_next_value(&rest, &value, &safe))
            if (slice_equal(value, word) && safe)
                any = true;
        if (!any)
            return 0;
    }
    return 2;
}

static bool goes_with_the_call(const char *attribute) {
    return strcmp(attribute, "auth") == 0 || strcmp(attribute, "protocol") == 0 ||
           strcmp(attribute, "rotated") == 0;
}

/* An answer takes what it does not say itself from the least safe of its requests; those of the
 * main file come first. */
static size_t who_says(const struct plain *plain, size_t part, const char *attribute) {
    const struct part *parts = parts_of(plain);
    size_t found = NO_PART;
    int least = 3;
    if (parts[part].kind != KIND_FLOW || !is_fetched(plain, part) ||
        !goes_with_the_call(attribute) || parts[part].from == parts[part].to ||
        stated_value(plain, part, attribute).length)
        return part;
    for (int imported = 0; imported < 2; imported++)
        for (size_t i = 0; i < plain->world->sketch.count; i++) {
            const struct part *flow = &parts[i];
            if (flow->gone || flow->kind != KIND_FLOW || flow->imported != (imported == 1) ||
                flow->from != parts[part].to || flow->to != parts[part].from ||
                is_fetched(plain, i))
                continue;
            int safety = safety_of_words(KIND_FLOW, attribute, stated_value(plain, i, attribute));
            if (safety < least)
                found = i;
            least = safety < least ? safety : least;
        }
    return found == NO_PART ? part : found;
}

static void add_read(const struct walk *walk, size_t part, enum attribute_id family) {
    const struct plain *plain = walk->plain;
    const char *attribute = attribute_rows[family].name;
    struct slice stated = stated_value(plain, who_says(plain, part, attribute), attribute);
    struct slice value = joined(plain, words_of(plain, stated));
    if (walk->basis == BASIS_FACT ? !attribute_answers(family) : !walk->unstated && !value.length)
        return;
    struct slice name =
        text_join(plain->arena, part_id(plain, part), SLICE("."), slice_of(attribute));
    for (size_t i = 0; i < walk->reads->count; i++)
        if (slice_equal(walk->reads->items[i].name, name))
            return;
    *ARRAY_ADD(plain->arena, walk->reads) =
        (struct read){walk->basis, name, part, parts_of(plain)[part].kind, attribute, value};
}

static void walk_on(const struct walk *walk, const struct condition *condition, size_t here);

static void walk_flows(const struct walk *walk, const struct condition *condition, size_t here) {
    const struct plain *plain = walk->plain;
    for (size_t i = 0; i < plain->world->sketch.count; i++) {
        const struct part *flow = &parts_of(plain)[i];
        if (flow->gone || flow->kind != KIND_FLOW)
            continue;
        size_t caller = is_fetched(plain, i) ? flow->to : flow->from;
        size_t callee = is_fetched(plain, i) ? flow->from : flow->to;
        bool in_range = condition->range == RANGE_INCOMING   ? flow->to == here
                        : condition->range == RANGE_OUTGOING ? flow->from == here
                        : condition->range == RANGE_CALLED   ? callee == here
                        : condition->range == RANGE_CALLING
                            ? caller == here
                            : flow->from == here || flow->to == here;
        for (const struct condition *part = condition->parts; part && in_range; part = part->next)
            walk_on(walk, part, i);
    }
}

static size_t owner_of(const struct walk *walk, const struct condition *condition, size_t here) {
    const struct part *part = &parts_of(walk->plain)[here];
    switch (condition->of) {
    case OF_SELF:
        return walk->self;
    case OF_FROM:
    case OF_AT:
        return part->from;
    case OF_TO:
    case OF_INTO:
        return part->to;
    default:
        return here;
    }
}

static void walk_on(const struct walk *walk, const struct condition *condition, size_t here) {
    size_t owner;
    switch (condition->kind) {
    case CONDITION_QUANTIFIER:
        walk_flows(walk, condition, here);
        return;
    case CONDITION_AND:
    case CONDITION_OR:
    case CONDITION_NOT:
        for (const struct condition *part = condition->parts; part; part = part->next)
            walk_on(walk, part, here);
        return;
    case CONDITION_SAFE:
    case CONDITION_STATED:
    case CONDITION_VALUE:
        owner = owner_of(walk, condition, here);
        if (owner != NO_PART)
            add_read(walk, owner, condition->family);
        return;
    default:
        return;
    }
}

static bool asks_for_place(const struct condition *condition) {
    bool asks = condition->kind == CONDITION_TRUTH;
    for (const struct condition *part = condition->parts; part; part = part->next)
        asks |= asks_for_place(part);
    return asks;
}

/* ---- where it lies ----------------------------------------------------------------------- */

static bool is_around(const struct part *parts, size_t boundary, size_t part) {
    while (part != NO_PART && part != boundary)
        part = parts[part].parent;
    return part == boundary;
}

/* What a flow crosses is around one of its ends and not around the other. */
static struct words boundaries_of(const struct plain *plain, size_t part) {
    const struct part *parts = parts_of(plain), *at = &parts[part];
    struct words ids = {0};
    size_t place = at->kind == KIND_CROSSING ? at->from : part;
    if (at->kind != KIND_FLOW) {
        if (parts[place].parent != NO_PART)
            *ARRAY_ADD(plain->arena, &ids) = part_id(plain, parts[place].parent);
        return ids;
    }
    for (size_t i = 0; i < plain->world->sketch.count; i++)
        if (parts[i].kind == KIND_BOUNDARY &&
            is_around(parts, i, at->from) != is_around(parts, i, at->to))
            *ARRAY_ADD(plain->arena, &ids) = part_id(plain, i);
    return ids;
}

/* The number of steps is the model's, not the decisions'. */
static struct slice reach_of(const struct plain *plain, struct slice id) {
    const struct decl_list *subjects = &plain->rows->analysis->model->subjects;
    unsigned calls = 0;
    for (size_t i = 0; i < subjects->count; i++)
        if (slice_equal(decl_id(subjects->items[i]), id))
            calls = subject_spot(plain->rows->analysis, subjects->items[i])->calls;
    return calls == 0 ? SLICE("none") : calls <= 2 ? SLICE("near") : SLICE("far");
}

static void add_place(const struct plain *plain, size_t part, enum basis_kind basis,
                      const char *name, struct slice value, struct reads *reads) {
    *ARRAY_ADD(plain->arena, reads) = (struct read){
        basis, text_join(plain->arena, part_id(plain, part), SLICE("."), slice_of(name)),
        part,  parts_of(plain)[part].kind,
        name,  value};
}

static struct reads reads_at(const struct plain *plain, const struct spot_named *at,
                             bool unstated) {
    struct reads reads = {0};
    size_t part = find_part(plain, at->spot, false, ON_SUBJECT);
    if (at->rule) {
        struct walk walk = {plain, part, BASIS_FACT, unstated, &reads};
        walk_on(&walk, at->rule->unless, part);
        walk.basis = BASIS_TRAIT;
        walk_on(&walk, at->rule->when, part);
    }
    if (!at->rule || asks_for_place(at->rule->when))
        add_place(plain, part, BASIS_ZONE,
                  parts_of(plain)[part].kind == KIND_FLOW ? "crosses" : "in",
                  joined(plain, boundaries_of(plain, part)), &reads);
    add_place(plain, part, BASIS_REACH, "reach", reach_of(plain, at->spot), &reads);
    return reads;
}

static bool crosses(const struct plain *plain, const struct decl *flow) {
    return boundaries_of(plain, find_part(plain, decl_id(flow), false, ON_FLOW)).count > 0;
}

/* The flows of an element that cross a boundary ask its letter in its place. */
static bool folds_into(const struct plain *plain, const struct row *row, const struct row *other) {
    const struct decl *flow = other->subject;
    return other->letter == row->letter && flow->kind == KIND_FLOW &&
           (flow->from == row->subject || flow->to == row->subject) && other->state != ROW_FOLDED &&
           crosses(plain, flow);
}

/* Which flows are requests of an answer is the model's. */
static bool is_answered_by(const struct plain *plain, const struct decl *request,
                           const struct decl *answer) {
    const struct exchange *exchange = exchange_of(plain->rows->analysis, answer);
    for (size_t i = 0; exchange && i < exchange->requests.count; i++)
        if (exchange->requests.items[i] == request)
            return true;
    return false;
}

static bool has_yielded(const struct row *row, const struct spot_named *at) {
    for (const struct pattern *own = row->patterns; own; own = own->next)
        if (own->rule == at->rule && slice_equal(decl_id(own->subject), at->spot))
            return own->state == PATTERN_YIELDED;
    return false;
}

struct askeds find_asked_for(const struct plain *plain, const struct spot_named *at) {
    const struct rows *rows = plain->rows;
    struct askeds asked = {0};
    const struct row *row = at->row;
    bool is_flow = row->subject->kind == KIND_FLOW;
    if (row->state != ROW_FOLDED || (at->rule ? !has_yielded(row, at) : is_flow))
        return asked;
    for (size_t i = 0; i < rows->cell_count; i++) {
        const struct row *other = &rows->cells[i];
        bool there = at->rule ? other->letter == row->letter &&
                                    is_answered_by(plain, other->subject, row->subject)
                              : folds_into(plain, row, other);
        for (const struct pattern *to = other->patterns; there && to; to = to->next)
            if (to->state == PATTERN_OPEN && (!at->rule || to->rule == at->rule))
                *ARRAY_ADD(plain->arena, &asked) = (struct asked){other, to};
    }
    return asked;
}

static bool is_among(const struct reads *reads, const struct read *read) {
    for (size_t i = 0; i < reads->count; i++)
        if (slice_equal(reads->items[i].name, read->name))
            return true;
    return false;
}

struct reads find_reads(const struct plain *plain, const struct spot_named *at, bool unstated) {
    struct reads reads = reads_at(plain, at, unstated);
    struct askeds asked = find_asked_for(plain, at);
    for (size_t i = 0; i < asked.count; i++) {
        const struct pattern *pattern = asked.items[i].pattern;
        const struct spot_named spot = {asked.items[i].row, pattern->rule,
                                        decl_id(pattern->subject)};
        struct reads more = reads_at(plain, &spot, unstated);
        for (size_t j = 0; j < more.count; j++)
            if (!is_among(&reads, &more.items[j]))
                *ARRAY_ADD(plain->arena, &reads) = more.items[j];
    }
    return reads;
}

/* ---- what was written -------------------------------------------------------------------- */

/* Of boundaries, by the ids that they have today. */
static struct slice present_ids(const struct plain *plain, struct slice written, bool imported) {
    struct words words = words_of(plain, written);
    for (size_t i = 0; i < words.count; i++) {
        size_t boundary = find_part(plain, words.items[i], imported, ON_BOUNDARY);
        if (boundary != NO_PART)
            words.items[i] = part_id(plain, boundary);
    }
    return joined(plain, words);
}

bool was_written(const struct plain *plain, const struct decided *decided, const struct read *read,
                 struct slice *was) {
    for (size_t i = 0; i < decided->basis.count; i++) {
        struct slice rest = decided->basis.items[i], name = {"", 0};
        slice_cut(&rest, '=', &name);
        size_t dot = name.length;
        while (dot && name.at[dot - 1] != '.')
            dot--;
        if (!dot || !slice_is(slice_part(name, dot, name.length), read->attribute) ||
            find_part(plain, slice_part(name, 0, dot - 1), decided->imported,
                      ON_SUBJECT | ON_BOUNDARY) != read->part)
            continue;
        *was = read->basis == BASIS_ZONE ? present_ids(plain, rest, decided->imported) : rest;
        return true;
    }
    return false;
}
