/* What elements are given and hold. Where nothing is said of it, the worse is taken to be so: a
 * flow that nobody describes may bring a file, and an asset that nobody rates may be a secret. */
// SPDX-License-Identifier: MIT
#include "analysis/contents.h"

/* Protocols by which something is handed in for others, who send no answer. */
static const char *const publishing[] = {"mqtt",  "mqtts", "amqp", "amqps",
                                         "kafka", "smtp",  "smtps"};
#define PUBLISHING (sizeof publishing / sizeof *publishing)

/* The words that traits are compared with. */
struct content_words {
    symbol file; /* the kind of a store, a protocol, and what a flow carries */
    symbol publishing[PUBLISHING];
};

static struct content_words find_content_words(const struct vocabulary *vocabulary) {
    struct content_words words = {.file = find_symbol(vocabulary, SLICE("file"))};
    for (size_t i = 0; i < PUBLISHING; i++)
        words.publishing[i] = find_symbol(vocabulary, slice_of(publishing[i]));
    return words;
}

static bool says_file(const struct content_words *words, const struct attribute *attribute) {
    for (size_t i = 0; attribute && i < attribute->word_count; i++)
        if (words->file && attribute_words(attribute)[i] == words->file)
            return true;
    return false;
}

/* A directory that is read and written on the machine: another protocol would be a file server. */
static bool is_on_disk(const struct content_words *words, const struct decl *flow) {
    const struct attribute *protocol = decl_attribute(flow, ATTRIBUTE_protocol);
    return flow->from->parent == flow->to->parent && (!protocol || says_file(words, protocol)) &&
           (says_file(words, decl_attribute(flow->from, ATTRIBUTE_store_kind)) ||
            says_file(words, decl_attribute(flow->to, ATTRIBUTE_store_kind)));
}

static bool is_published(const struct content_words *words, const struct decl *flow) {
    const struct attribute *protocol = decl_attribute(flow, ATTRIBUTE_protocol);
    for (size_t i = 0; protocol && protocol->stated && i < PUBLISHING; i++)
        if (words->publishing[i] && *attribute_words(protocol) == words->publishing[i])
            return true;
    return false;
}

/* A file, or nobody says what. */
static bool may_bring_file(const struct content_words *words, const struct decl *flow) {
    const struct attribute *carries = decl_attribute(flow, ATTRIBUTE_carries);
    if (carries && (!carries->stated || carries->partial))
        return true;
    return carries ? says_file(words, carries) : !more_of(flow)->data_count;
}

/* One of ours hands on what it takes, where nobody says in which form. */
static bool may_hand_on(const struct analysis *analysis, const struct decl *flow) {
    return !decl_attribute(flow, ATTRIBUTE_carries) &&
           !flow_passage(analysis, flow)->source_outside;
}

struct queue {
    const struct decl **items;
    size_t count;
};

static void take_file(struct analysis *analysis, struct queue *queue, const struct decl *element) {
    struct spot *spot = &analysis->spots[element->number];
    if (!spot->takes_files)
        queue->items[queue->count++] = element;
    spot->takes_files = true;
}

static void mark_takers(struct arena *arena, struct analysis *analysis,
                        const struct content_words *words) {
    const struct model *model = analysis->model;
    const struct decl_list *flows = &model->of[KIND_FLOW];
    struct arena_mark mark = arena_mark(arena);
    struct queue queue = {.items = ARENA_ARRAY(arena, const struct decl *, model->elements.count)};
    for (size_t i = 0; i < model->elements.count; i++)
        if (decl_attribute(model->elements.items[i], ATTRIBUTE_surface))
            take_file(analysis, &queue, model->elements.items[i]);
    for (size_t i = 0; i < flows->count; i++)
        if (may_bring_file(words, flows->items[i]))
            take_file(analysis, &queue, flows->items[i]->to);
    for (size_t i = 0; i < queue.count; i++) {
        const struct decl *taker = queue.items[i];
        for (size_t j = 0; j < decl_flow_count(taker); j++) {
            const struct decl *flow = taker->flows[j];
            if (flow->from == taker && may_hand_on(analysis, flow))
                take_file(analysis, &queue, flow->to);
        }
    }
    arena_rewind(arena, mark);
}

/* Rated, and neither so that others may not read it. */
static bool is_known_open(const struct decl *asset) {
    struct slice rating = decl_text(asset, ATTRIBUTE_confidentiality);
    if (rating.length)
        return slice_is(rating, "none") || slice_is(rating, "low");
    return decl_text(asset, ATTRIBUTE_integrity).length ||
           decl_text(asset, ATTRIBUTE_availability).length;
}

static bool may_hold_secrets(const struct decl *element) {
    const struct more *more = more_of(element);
    bool open = more->data_count > 0;
    for (size_t i = 0; i < more->data_count && open; i++)
        open = is_known_open(more->data[i]);
    return !open;
}

void mark_contents(struct arena *arena, struct analysis *analysis) {
    const struct model *model = analysis->model;
    const struct content_words words = find_content_words(model->vocabulary);
    const struct decl_list *flows = &model->of[KIND_FLOW];
    for (size_t i = 0; i < model->elements.count; i++) {
        const struct decl *element = model->elements.items[i];
        analysis->spots[element->number].holds_secrets = may_hold_secrets(element);
    }
    for (size_t i = 0; i < flows->count; i++) {
        const struct decl *flow = flows->items[i];
        struct spot *spot = &analysis->spots[flow->number];
        spot->by_file = says_file(&words, decl_attribute(flow, ATTRIBUTE_protocol));
        spot->on_disk = is_on_disk(&words, flow);
        spot->published = is_published(&words, flow);
    }
    mark_takers(arena, analysis, &words);
}
