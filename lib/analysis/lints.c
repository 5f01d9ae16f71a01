/* One function for each thing that is looked for. A subject may be out of scope, or judged in
 * another file: `applies` keeps all lints silent there. */
// SPDX-License-Identifier: MIT
#include "analysis/lints.h"
#include "syntax/form.h"

#define CROWDED 12
#define MOST_PHRASES 40

/* Phrases that labels are searched for, in small letters. */
struct phrases {
    struct slice list[MOST_PHRASES];
    size_t count;
    /* Phrases that begin with the same character form a list: the place of its first phrase by that
     * character, in small and capital letters, and after each phrase that of the next one. Places
     * count from 1; 0 ends the list. */
    unsigned char first[256], next[MOST_PHRASES + 1];
};

struct linter {
    struct diagnostics *diagnostics;
    const struct model *model;
    struct phrases two_way, joined, empty;
    bool for_others; /* other files import this one: without a flow it is of no other use */
};

/* The subject that a lint judges. JUDGES_ENDS: the two ends of a flow together, so that it is
 * silent when one of them is out of scope. */
enum judged { JUDGES_SUBJECT, JUDGES_ENDS, JUDGES_MODEL };

/* A lint that is not in the table judges the declaration that it is reported at, whoever imports
 * that. */
static const struct lint {
    unsigned char judged;
    bool
        unused; /* it says that something is missing, which a file that imports this one may have */
} lints[DIAG_COUNT] = {
    [DIAG_no_flow] = {JUDGES_SUBJECT, true},
    [DIAG_one_sided_store] = {JUDGES_SUBJECT, true},
    [DIAG_external_to_external] = {JUDGES_ENDS, false},
    [DIAG_store_to_store] = {JUDGES_ENDS, false},
    [DIAG_no_boundary] = {JUDGES_MODEL, true},
    [DIAG_nothing_crosses] = {JUDGES_MODEL, true},
    [DIAG_crowded_view] = {JUDGES_MODEL, false},
    [DIAG_empty_boundary] = {JUDGES_SUBJECT, true},
};

bool allows_code(const struct decl *decl, enum diag_code code) {
    const struct attribute *allow = decl ? decl_attribute(decl, ATTRIBUTE_allow) : NULL;
    for (const struct value *at = stated_values(allow); at; at = next_stated(allow, at))
        if (slice_is(word_text(&at->word), diag_kind(code)->code))
            return true;
    return false;
}

/* Whether the subject has no rows in this file. */
static bool is_silenced(const struct decl *subject) {
    return more_of(subject)->origin || decl_out_of_scope(subject);
}

static bool applies(const struct linter *linter, enum diag_code code, const struct decl *decl) {
    const struct lint *lint = &lints[code];
    if (lint->unused && linter->for_others)
        return false;
    if (lint->judged == JUDGES_MODEL)
        return true;
    if (lint->judged == JUDGES_ENDS &&
        (decl_out_of_scope(decl->from) || decl_out_of_scope(decl->to)))
        return false;
    return !is_silenced(decl);
}

static struct diagnostic *warn(struct linter *linter, enum diag_code code, const struct decl *decl,
                               const struct slice *args) {
    if (!applies(linter, code, decl) || allows_code(decl, code) ||
        allows_code(linter->model->system, code))
        return NULL;
    return diag_add(linter->diagnostics, code, decl_source(decl), decl_span(decl), args);
}

/* Logs and backups are read in bad times only, and secrets are often put in by hand. */
static bool is_meant(const struct decl *store, bool read) {
    struct slice kind = decl_text(store, ATTRIBUTE_store_kind);
    return read ? slice_is(kind, "secrets") : slice_is(kind, "log") || slice_is(kind, "backup");
}

static void lint_elements(struct linter *linter) {
    for (size_t i = 0; i < linter->model->elements.count; i++) {
        const struct decl *element = linter->model->elements.items[i];
        bool read = element->sends, written = element->receives;
        if (!read && !written)
            warn(linter, DIAG_no_flow, element, ARGS(decl_id(element)));
        else if (element->kind == KIND_STORE && read != written && !is_meant(element, read))
            warn(linter, DIAG_one_sided_store, element,
                 ARGS(decl_id(element), read ? SLICE("read") : SLICE("written")));
    }
}

static void lint_ends(struct linter *linter, const struct decl *flow) {
    if (decl_is_external(flow->from) && decl_is_external(flow->to))
        warn(linter, DIAG_external_to_external, flow, ARGS(decl_id(flow)));
    if (flow->from->kind == KIND_STORE && flow->to->kind == KIND_STORE)
        warn(linter, DIAG_store_to_store, flow, ARGS(decl_id(flow)));
}

/* Whether the element is a gateway or the like: whatever it calls must know that a call came
 * through it. */
static bool passes_on(const struct decl *element) {
    struct slice kind = decl_text(element, ATTRIBUTE_process_kind);
    return slice_is(kind, "gateway") || slice_is(kind, "proxy");
}

static void lint_auth(struct linter *linter, const struct decl *flow) {
    const struct attribute *auth = decl_attribute(flow, ATTRIBUTE_auth);
    if (linter->model->of[KIND_BOUNDARY].count && auth && auth->safe && !crosses_boundary(flow) &&
        !passes_on(flow->from))
        warn(linter, DIAG_pointless_auth, flow, ARGS(decl_id(flow)));
}

/* `words` are separated by '|'. */
static void read_phrases(struct phrases *phrases, const char *words) {
    struct slice rest = slice_of(words), phrase;
    while (phrases->count < MOST_PHRASES && slice_cut(&rest, '|', &phrase)) {
        unsigned char first = (unsigned char)phrase.at[0];
        phrases->list[phrases->count++] = phrase;
        phrases->next[phrases->count] = phrases->first[first];
        phrases->first[first] = (unsigned char)phrases->count;
        if (first >= 'a' && first <= 'z')
            phrases->first[first - 32] = phrases->first[first];
    }
}

static bool begins_with(struct slice text, struct slice phrase) {
    size_t same = 0;
    if (text.length < phrase.length)
        return false;
    while (same < phrase.length && lower_letter(text.at[same]) == phrase.at[same])
        same++;
    return same == phrase.length;
}

/* Compared without case; anywhere in the label, or all of it. */
static bool label_has(struct slice label, const struct phrases *phrases, bool whole) {
    for (size_t at = 0; at < (whole && label.length ? 1 : label.length); at++) {
        for (size_t i = phrases->first[(unsigned char)label.at[at]]; i; i = phrases->next[i])
            if ((!whole || phrases->list[i - 1].length == label.length) &&
                begins_with(slice_part(label, at, label.length), phrases->list[i - 1]))
                return true;
    }
    return false;
}

/* A known protocol in capitals, which in small letters may be any word (can, file). */
static bool is_protocol(struct slice word) {
    char small[8];
    bool capitals = word.length > 1 && word.length <= sizeof small, safe;
    for (size_t i = 0; i < word.length && capitals; i++) {
        small[i] = lower_letter(word.at[i]);
        capitals = small[i] != word.at[i];
    }
    return capitals &&
           value_is_known(ATTRIBUTE_protocol, (struct slice){small, word.length}, &safe);
}

/* The first protocol that the label names, or "". */
static struct slice protocol_in(struct slice label) {
    for (size_t at = 0, length; at < label.length; at += length + 1) {
        for (length = 0; at + length < label.length && is_letter(label.at[at + length]);)
            length++;
        struct slice word = slice_part(label, at, length);
        if (is_protocol(word))
            return word;
    }
    return SLICE("");
}

/* Warns of a protocol that the author named in the label, where no rule reads it. */
static bool lint_protocol(struct linter *linter, const struct decl *flow, struct slice label) {
    struct slice word = protocol_in(label);
    if (!word.length || decl_attribute(flow, ATTRIBUTE_protocol))
        return false;
    struct diagnostic *added = warn(linter, DIAG_protocol_in_label, flow, ARGS(word));
    char *value = arena_copy(linter->diagnostics->arena, word.at, word.length);
    for (char *c = value; *c; c++)
        *c = lower_letter(*c);
    if (added)
        diag_hint(linter->diagnostics, added,
                  is_yaml_path(decl_source(flow)->path)
                      ? "add protocol: %s, and say here what is sent"
                      : "add { protocol: %s }, and say here what is sent",
                  value);
    return true;
}

static void lint_label(struct linter *linter, const struct decl *flow) {
    struct slice label = slice_trim(decl_label(flow));
    if (lint_protocol(linter, flow, label))
        return;
    if (label_has(label, &linter->two_way, false))
        warn(linter, DIAG_two_way_label, flow, ARGS(decl_id(flow)));
    else if (label_has(label, &linter->joined, false))
        warn(linter, DIAG_joined_label, flow, ARGS(decl_id(flow)));
    else if (label_has(label, &linter->empty, true))
        warn(linter, DIAG_empty_label, flow, ARGS(decl_label(flow)));
}

/* Three pointers lead to a label. Each is followed some flows after the one before it was fetched.
 */
static void prefetch_label(const struct decl_list *flows, size_t at) {
    if (at + 3 * FLOWS_AHEAD < flows->count)
        prefetch(flows->items[at + 3 * FLOWS_AHEAD]->item);
    if (at + 2 * FLOWS_AHEAD < flows->count)
        prefetch(&flows->items[at + 2 * FLOWS_AHEAD]->item->head->label);
    if (at + FLOWS_AHEAD < flows->count)
        prefetch(decl_label(flows->items[at + FLOWS_AHEAD]).at);
}

static void lint_flows(struct linter *linter) {
    const struct decl_list *flows = &linter->model->of[KIND_FLOW];
    read_phrases(&linter->two_way, "request/response|request / response|req/res|read/write|"
                                   "reads/writes|send/receive|get/set|in/out|bidirectional|"
                                   "both ways");
    read_phrases(&linter->joined, " and then | then |; | + ");
    read_phrases(&linter->empty, "data|request|requests|response|info|information|call|calls|uses|"
                                 "http|https|api call|api|rest|sends|message|messages|flow|traffic|"
                                 "connection|connects|tcp|todo|tbd|?|-|...");
    for (size_t i = 0; i < flows->count; i++) {
        arena_step(linter->diagnostics->arena);
        prefetch_ends(flows, i);
        prefetch_label(flows, i);
        lint_ends(linter, flows->items[i]);
        lint_auth(linter, flows->items[i]);
        lint_label(linter, flows->items[i]);
    }
}

static bool judges_any(const struct decl_list *subjects) {
    for (size_t i = 0; i < subjects->count; i++)
        if (!is_silenced(subjects->items[i]))
            return true;
    return false;
}

static bool crosses_anything(const struct model *model) {
    const struct decl_list *flows = &model->of[KIND_FLOW];
    for (size_t i = 0; i < flows->count; i++)
        if (crosses_boundary(flows->items[i]))
            return true;
    return model->of[KIND_CROSSING].count > 0;
}

/* The first element that stands in this very file. */
static const struct decl *first_of_its_own(const struct model *model) {
    for (size_t i = 0; i < model->elements.count; i++)
        if (!more_of(model->elements.items[i])->origin)
            return model->elements.items[i];
    return model->of[KIND_FLOW].count ? model->of[KIND_FLOW].items[0] : model->elements.items[0];
}

static void lint_crowd(struct linter *linter, const struct decl *place) {
    const struct model *model = linter->model;
    struct arena *arena = linter->diagnostics->arena;
    const struct decl_list *boundaries = &model->of[KIND_BOUNDARY];
    const struct decl *part = boundaries->count ? boundaries->items[0] : model->elements.items[0];
    struct diagnostic *added = warn(
        linter, DIAG_crowded_view, place,
        ARGS(text_format(arena, "%zu", model->elements.count), text_format(arena, "%d", CROWDED)));
    if (added)
        diag_hint(linter->diagnostics, added,
                  is_yaml_path(decl_source(place)->path)
                      ? "draw a part: views: { part: { include: [%.*s] } }"
                      : "draw a part: view part { include: [%.*s] }",
                  SLICE_ARGS(decl_id(part)));
}

/* About the model as a whole; reported at its declaration, else at its first element. */
static void lint_model(struct linter *linter) {
    const struct model *model = linter->model;
    const struct decl *place = model->system ? model->system : first_of_its_own(model);
    if (!model->of[KIND_BOUNDARY].count && judges_any(&model->elements))
        warn(linter, DIAG_no_boundary, place, NULL);
    else if (judges_any(&model->of[KIND_FLOW]) && !crosses_anything(model))
        warn(linter, DIAG_nothing_crosses, place, NULL);
    if (model->elements.count > CROWDED && !model->of[KIND_VIEW].count)
        lint_crowd(linter, place);
}

/* Boundaries, by index, with an element somewhere inside. */
static bool *find_inhabited(struct arena *arena, const struct model *model) {
    bool *inhabited = ARENA_ARRAY(arena, bool, model->of[KIND_BOUNDARY].count);
    for (size_t i = 0; i < model->elements.count; i++)
        for (const struct decl *around = model->elements.items[i]->parent;
             around && !inhabited[around->index]; around = around->parent)
            inhabited[around->index] = true;
    return inhabited;
}

static void use(bool *used, const struct model *model, const struct attribute *attribute) {
    for (const struct value *at = stated_values(attribute); at; at = next_stated(attribute, at)) {
        const struct decl *decl = model_find(model, word_text(&at->word));
        if (decl && decl->kind == KIND_BOUNDARY)
            used[decl->index] = true;
    }
}

/* Warns of boundaries in which nothing lies, and that nothing else names. */
static void lint_boundaries(struct linter *linter) {
    static const enum kind insides[] = {KIND_BOUNDARY, KIND_CROSSING};
    const struct model *model = linter->model;
    const struct decl_list *boundaries = &model->of[KIND_BOUNDARY];
    bool *used = find_inhabited(linter->diagnostics->arena, model);
    for (size_t i = 0; i < sizeof insides / sizeof *insides; i++)
        for (size_t j = 0; j < model->of[insides[i]].count; j++)
            if (model->of[insides[i]].items[j]->parent)
                used[model->of[insides[i]].items[j]->parent->index] = true;
    for (size_t i = 0; i < model->of[KIND_VIEW].count; i++)
        use(used, model, decl_attribute(model->of[KIND_VIEW].items[i], ATTRIBUTE_include));
    for (size_t i = 0; i < model->of[KIND_CROSSING].count; i++)
        use(used, model, decl_attribute(model->of[KIND_CROSSING].items[i], ATTRIBUTE_into));
    for (size_t i = 0; i < boundaries->count; i++)
        if (!used[i])
            warn(linter, DIAG_empty_boundary, boundaries->items[i],
                 ARGS(decl_id(boundaries->items[i])));
}

static bool shows(const struct model *model, struct slice id, const bool *inhabited) {
    const struct decl *decl = model_find(model, id);
    return decl && (decl->kind == KIND_BOUNDARY ? inhabited[decl->index] : decl_is_element(decl));
}

/* Warns of views without elements, whose empty picture would look like a picture of nothing. */
static void lint_views(struct linter *linter) {
    const struct model *model = linter->model;
    const struct decl_list *views = &model->of[KIND_VIEW];
    const bool *inhabited = find_inhabited(linter->diagnostics->arena, model);
    for (size_t i = 0; i < views->count; i++) {
        const struct attribute *include = decl_attribute(views->items[i], ATTRIBUTE_include);
        const struct value *value = include ? include->item->value : NULL;
        bool list = value && value->word.kind == VALUE_LIST, any = false;
        for (value = list ? value_items(value) : value; value && !any;
             value = list ? value->next : NULL)
            any = shows(model, word_text(&value->word), inhabited);
        if (!any)
            diag_add(linter->diagnostics, DIAG_empty_view, decl_source(views->items[i]),
                     decl_span(views->items[i]), ARGS(decl_id(views->items[i])));
    }
}

void lint(struct diagnostics *diagnostics, const struct model *model, bool is_imported) {
    struct linter linter = {
        .diagnostics = diagnostics,
        .model = model,
        .for_others = is_imported || !model->of[KIND_FLOW].count,
    };
    if (!model->elements.count)
        return;
    lint_elements(&linter);
    lint_flows(&linter);
    lint_model(&linter);
    lint_boundaries(&linter);
    lint_views(&linter);
}
