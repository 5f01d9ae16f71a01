/* A digest is made of what a declaration says, not of how it is written. A name in it counts as the
 * oldest one that its bearer had, so that a renamed element changes no digest. */
// SPDX-License-Identifier: MIT
#include "analysis/seen.h"

#include "base/writer.h"
#include "syntax/builder.h"

#include <inttypes.h>

static const enum kind kinds_seen[] = {
    KIND_ASSET, KIND_ADVERSARY, KIND_ASSUMPTION, KIND_BOUNDARY, KIND_EXTERNAL,
    KIND_ACTOR, KIND_PROCESS,   KIND_STORE,      KIND_FLOW,     KIND_CROSSING};
#define SEEN_COUNT (sizeof kinds_seen / sizeof *kinds_seen)

/* ---- digests ----------------------------------------------------------------------------- */

/* Where names are looked up. */
struct bearers {
    struct arena *arena;
    const struct model *model;
    const struct decisions *decisions; /* NULL: none */
};

/* As it is spelled here: ids of the past stand where the declaration does. */
static struct slice oldest_own_id(struct arena *arena, const struct decl *decl) {
    const struct value *first = stated_values(decl_attribute(decl, ATTRIBUTE_was));
    struct slice id = decl_id(decl);
    size_t alias = id.length;
    while (alias && id.at[alias - 1] != '.')
        alias--;
    return first ? text_join(arena, slice_part(id, 0, alias), SLICE(""), word_text(&first->word))
                 : id;
}

/* That of an unnamed flow comes from those of its ends. */
static struct slice oldest_id(struct arena *arena, const struct decl *decl) {
    bool derived = decl->kind == KIND_FLOW && !word_text(&decl->item->head->name).length &&
                   decl->from && decl->to && !stated_values(decl_attribute(decl, ATTRIBUTE_was));
    return derived
               ? derived_id(arena, oldest_own_id(arena, decl->from), oldest_own_id(arena, decl->to))
               : oldest_own_id(arena, decl);
}

static const struct decl *find_bearer(const struct bearers *bearers, struct slice name) {
    const struct decl *decl = model_find(bearers->model, name);
    const struct threat *threat =
        decl || !bearers->decisions ? NULL : table_get(&bearers->decisions->threat_ids, name);
    return threat ? threat->decision.decl : decl;
}

/* With an end, so that two texts never count as one. */
static uint64_t hash_text(uint64_t hash, struct slice text) {
    return text_hash(text_hash(hash, text), SLICE("\n"));
}

static uint64_t hash_name(uint64_t hash, const struct bearers *bearers, struct slice name) {
    const struct decl *decl = find_bearer(bearers, name);
    return hash_text(hash, decl ? oldest_id(bearers->arena, decl) : name);
}

/* "T@pay/replay": each part may be the id of something. */
static uint64_t hash_id(uint64_t hash, const struct bearers *bearers, struct slice id) {
    struct slice part, name;
    while (slice_cut(&id, '@', &part))
        while (slice_cut(&part, '/', &name))
            hash = hash_name(hash, bearers, name);
    return hash;
}

static bool has_ids(enum attribute_type type) {
    return attribute_refers(type) || type == TYPE_ID || type == TYPE_IDS || type == TYPE_ROW ||
           type == TYPE_ROWS;
}

static uint64_t hash_word(uint64_t hash, const struct bearers *bearers, enum attribute_type type,
                          const struct word *word) {
    return has_ids(type) ? hash_id(hash, bearers, word_text(word))
                         : hash_text(hash, word_text(word));
}

/* Lists hold words, and pairs of them. */
static uint64_t hash_value(uint64_t hash, const struct bearers *bearers, enum attribute_type type,
                           const struct value *value) {
    if (value->word.kind != VALUE_LIST)
        return hash_word(hash, bearers, type, &value->word);
    for (const struct value *item = value_items(value); item; item = item->next) {
        const struct value *inner = value_items(item);
        if (!inner)
            hash = hash_word(hash, bearers, type, &item->word);
        for (; inner; inner = inner->next)
            hash = hash_word(hash, bearers, type, &inner->word);
    }
    return hash;
}

/* `in` counts as the place, however it is written; the tool writes `basis` and `seen`, a rename
 * `was`; the others say nothing that a review would judge. */
static bool counts(const struct attribute *attribute) {
    static const enum attribute_id silent[] = {ATTRIBUTE_in,    ATTRIBUTE_was,   ATTRIBUTE_basis,
                                               ATTRIBUTE_seen,  ATTRIBUTE_allow, ATTRIBUTE_tags,
                                               ATTRIBUTE_about, ATTRIBUTE_link};
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        if (attribute->id == silent[i])
            return false;
    return attribute->stated;
}

/* `see` takes a word that is the id of a threat, or of a row. */
static enum attribute_type type_of(const struct attribute *attribute) {
    return attribute->id == ATTRIBUTE_see ? TYPE_ROW : attribute_rows[attribute->id].type;
}

/* A sum, in which order does not count. */
static uint64_t hash_attributes(const struct bearers *bearers, const struct attribute *attributes,
                                const char *sort) {
    uint64_t sum = 0;
    for (const struct attribute *at = attributes; at; at = at->next) {
        const struct attribute_row *row = &attribute_rows[at->id];
        uint64_t hash = hash_text(text_hash(TEXT_HASH, slice_of(sort)), slice_of(row->name));
        if (counts(at))
            sum += hash_value(hash, bearers, type_of(at), at->item->value);
    }
    return sum;
}

static uint64_t hash_decl(const struct bearers *bearers, const struct decl *decl) {
    uint64_t hash = hash_text(TEXT_HASH, slice_of(kind_rows[decl->kind].word));
    if (kind_in(decl->kind, ON_DECISION)) /* the label of an element says what it is, as `about` */
        hash = hash_text(hash, decl_label(decl));
    if (decl->parent)
        hash = hash_text(hash, oldest_id(bearers->arena, decl->parent));
    if (decl->kind == KIND_FLOW)
        hash = hash_text(hash_text(hash, oldest_id(bearers->arena, decl->from)),
                         oldest_id(bearers->arena, decl->to));
    return hash + hash_attributes(bearers, decl->attributes, "") +
           hash_attributes(bearers, more_of(decl)->evidence, "evidence ");
}

/* ---- what a reviewer sees ---------------------------------------------------------------- */

static void add_all(struct arena *arena, struct seen_list *list, const struct decl_list *more) {
    for (size_t i = 0; i < more->count; i++)
        if (!more_of(more->items[i])->origin)
            *ARRAY_ADD(arena, list) = more->items[i];
}

/* Of a policy what may ask for less. All policies count as one, as they have no ids. */
static const enum attribute_id lessening[] = {ATTRIBUTE_disable, ATTRIBUTE_bands, ATTRIBUTE_scale,
                                              ATTRIBUTE_policy_rules};
#define LESSENING_COUNT (sizeof lessening / sizeof *lessening)
#define POLICY_ID "gate"

static bool may_ask_for_less(const struct decl *policy) {
    for (size_t i = 0; i < LESSENING_COUNT; i++) {
        const struct attribute *attribute = decl_attribute(policy, lessening[i]);
        if (attribute && attribute->stated)
            return true;
    }
    return false;
}

static void add_policy(struct arena *arena, struct seen_list *list,
                       const struct decisions *decisions) {
    for (size_t i = 0; i < decisions->own_policies; i++)
        if (may_ask_for_less(decisions->policies.items[i])) {
            *ARRAY_ADD(arena, list) = decisions->policies.items[i];
            return;
        }
}

static void add_decisions(struct arena *arena, struct seen_list *list,
                          const struct decisions *decisions) {
    for (size_t i = 0; i < decisions->threats.count; i++)
        *ARRAY_ADD(arena, list) = decisions->threats.items[i]->decision.decl;
    for (size_t i = 0; i < decisions->dismissals.count; i++)
        *ARRAY_ADD(arena, list) = decisions->dismissals.items[i]->decl;
    add_all(arena, list, &decisions->mitigations);
    for (size_t i = 0; i < decisions->risks.count; i++)
        *ARRAY_ADD(arena, list) = decisions->risks.items[i]->decl;
    for (size_t i = 0; i < decisions->baselines.count; i++)
        *ARRAY_ADD(arena, list) = decisions->baselines.items[i]->decl;
}

struct seen_list things_to_see(struct arena *arena, const struct model *model,
                               const struct decisions *decisions) {
    struct seen_list list = {0};
    for (size_t i = 0; i < SEEN_COUNT; i++)
        add_all(arena, &list, &model->of[kinds_seen[i]]);
    if (decisions) {
        add_decisions(arena, &list, decisions);
        add_policy(arena, &list, decisions);
    }
    return list;
}

/* A dismissal or baseline without an id goes by the first pattern that it names. */
static struct slice id_seen(const struct decl *decl) {
    if (decl->kind == KIND_POLICY)
        return SLICE(POLICY_ID);
    enum attribute_id names = decl->kind == KIND_DISMISS ? ATTRIBUTE_dismissed : ATTRIBUTE_patterns;
    const struct value *first = stated_values(decl_attribute(decl, names));
    return decl_id(decl).length || !first ? decl_id(decl) : word_text(&first->word);
}

/* "R@browser", whatever the browser is called today. */
static struct slice lasting_id(const struct bearers *bearers, const struct decl *decl) {
    if (decl->kind == KIND_POLICY)
        return SLICE(POLICY_ID);
    bool renamed = stated_values(decl_attribute(decl, ATTRIBUTE_was)) != NULL;
    struct slice id = renamed ? oldest_id(bearers->arena, decl) : id_seen(decl), part, name;
    struct memory_writer lasting;
    memory_writer_open(&lasting, bearers->arena);
    for (bool any = false; slice_cut(&id, '@', &part); any = true) {
        write_string(&lasting.writer, any ? "@" : "");
        for (bool more = false; slice_cut(&part, '/', &name); more = true) {
            const struct decl *named = find_bearer(bearers, name);
            write_string(&lasting.writer, more ? "/" : "");
            write_slice(&lasting.writer, named ? oldest_id(bearers->arena, named) : name);
        }
    }
    return memory_writer_close(&lasting);
}

/* "threat S-1" */
static struct slice sight_name(const struct bearers *bearers, const struct decl *decl) {
    return text_join(bearers->arena, slice_of(kind_rows[decl->kind].word), SLICE(" "),
                     lasting_id(bearers, decl));
}

static uint64_t hash_policies(const struct bearers *bearers) {
    uint64_t sum = 0;
    for (size_t i = 0; i < bearers->decisions->own_policies; i++)
        for (size_t j = 0; j < LESSENING_COUNT; j++) {
            const struct attribute *at =
                decl_attribute(bearers->decisions->policies.items[i], lessening[j]);
            if (at && at->stated)
                sum += hash_value(hash_text(TEXT_HASH, slice_of(attribute_rows[at->id].name)),
                                  bearers, type_of(at), at->item->value);
        }
    return sum;
}

static struct slice short_digest(const struct bearers *bearers, const struct decl *decl) {
    uint64_t hash =
        decl->kind == KIND_POLICY ? hash_policies(bearers) : hash_decl(bearers, decl);
    return text_format(bearers->arena, "%08" PRIx32, (uint32_t)(hash ^ hash >> 32));
}

struct slice sight_of(struct arena *arena, const struct model *model,
                      const struct decisions *decisions, const struct decl *decl) {
    const struct bearers bearers = {arena, model, decisions};
    return text_join(arena, sight_name(&bearers, decl), SLICE(" "), short_digest(&bearers, decl));
}

/* ---- what is newer ----------------------------------------------------------------------- */

/* An entry of `seen`. */
struct sight {
    struct slice kind, id, digest;
    bool met;
};

static struct table read_sights(struct arena *arena, const struct attribute *seen,
                                struct seen_changes *changes) {
    struct table sights = {0};
    for (const struct value *at = stated_values(seen); at; at = next_stated(seen, at)) {
        struct slice rest = word_text(&at->word);
        struct sight *sight = ARENA_NEW(arena, struct sight);
        bool whole = slice_cut(&rest, ' ', &sight->kind) && slice_cut(&rest, ' ', &sight->id) &&
                     slice_cut(&rest, ' ', &sight->digest);
        if (whole)
            table_intern(arena, &sights, text_join(arena, sight->kind, SLICE(" "), sight->id),
                         sight);
        changes->known = true;
    }
    return sights;
}

static void add_gone(struct arena *arena, const struct table *sights, const struct attribute *seen,
                     struct seen_changes *changes) {
    for (const struct value *at = stated_values(seen); at; at = next_stated(seen, at)) {
        struct slice rest = word_text(&at->word), kind = {0}, id = {0};
        slice_cut(&rest, ' ', &kind);
        slice_cut(&rest, ' ', &id);
        struct sight *sight = table_get(sights, text_join(arena, kind, SLICE(" "), id));
        if (!sight || sight->met)
            continue;
        sight->met = true;
        *ARRAY_ADD(arena, changes) = (struct seen_change){NULL, kind, id, false};
    }
}

struct seen_changes changes_since(struct arena *arena, const struct model *model,
                                  const struct decisions *decisions, const struct decl *review) {
    struct seen_changes changes = {0};
    const struct attribute *seen = decl_attribute(review, ATTRIBUTE_seen);
    struct table sights = read_sights(arena, seen, &changes);
    struct seen_list now = things_to_see(arena, model, decisions);
    const struct bearers bearers = {arena, model, decisions};
    for (size_t i = 0; changes.known && i < now.count; i++) {
        const struct decl *decl = now.items[i];
        struct sight *sight = table_get(&sights, sight_name(&bearers, decl));
        if (sight)
            sight->met = true;
        if (sight && slice_equal(sight->digest, short_digest(&bearers, decl)))
            continue;
        *ARRAY_ADD(arena, &changes) = (struct seen_change){
            decl, slice_of(kind_rows[decl->kind].word), id_seen(decl), sight == NULL};
    }
    add_gone(arena, &sights, seen, &changes);
    return changes;
}

const struct decl *latest_review(const struct decisions *decisions) {
    const struct decl *latest = NULL;
    for (size_t i = 0; decisions && i < decisions->reviews.count; i++) {
        const struct decl *review = decisions->reviews.items[i];
        if (!latest || slice_compare(decl_text(review, ATTRIBUTE_review_on),
                                     decl_text(latest, ATTRIBUTE_review_on)) >= 0)
            latest = review;
    }
    return latest;
}

/* ---- all of it --------------------------------------------------------------------------- */

/* The words that a reader sees count here too. */
static void take_in(uint64_t *sum, const struct bearers *bearers, const struct decl *decl) {
    static const enum attribute_id words[] = {ATTRIBUTE_about, ATTRIBUTE_tags, ATTRIBUTE_link};
    uint64_t hash = hash_text(hash_decl(bearers, decl), decl_label(decl));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const struct attribute *attribute = decl_attribute(decl, words[i]);
        if (attribute && attribute->stated)
            hash = hash_value(hash, bearers, attribute_rows[words[i]].type, attribute->item->value);
    }
    *sum += text_hash(hash, oldest_id(bearers->arena, decl));
}

struct slice digest_of_all(struct arena *arena, const struct model *whole,
                           const struct decisions *decisions) {
    const struct bearers bearers = {arena, whole, decisions};
    uint64_t sum = TEXT_HASH;
    struct seen_list decided = {0};
    if (whole->system)
        take_in(&sum, &bearers, whole->system);
    for (size_t i = 0; i < SEEN_COUNT; i++)
        for (size_t k = 0; k < whole->of[kinds_seen[i]].count; k++)
            take_in(&sum, &bearers, whole->of[kinds_seen[i]].items[k]);
    if (decisions) {
        add_decisions(arena, &decided, decisions);
        add_all(arena, &decided, &decisions->policies);
        add_all(arena, &decided, &decisions->reviews);
    }
    for (size_t i = 0; i < decided.count; i++)
        take_in(&sum, &bearers, decided.items[i]);
    return text_format(arena, "%016" PRIx64, sum);
}
