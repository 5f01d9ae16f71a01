/* Sections 2 to 4 of the document: what is worth protecting, from whom, and where they get in. */
// SPDX-License-Identifier: MIT
#include "emit/document_words.h"

/* The subjects that state an asset in their `data`, by the asset's index. */
struct places {
    ARRAY_OF(const struct decl *) decls;
};

static struct places *find_places(const struct emission *emission) {
    const struct model *model = emission->model;
    size_t assets = emission->analysis->model->of[KIND_ASSET].count; /* an element may hold one that
                                                                        this file does not name */
    struct places *places = ARENA_ARRAY(emission->arena, struct places, assets + 1);
    for (size_t i = 0; i < model->subjects.count; i++) {
        const struct decl *subject = model->subjects.items[i];
        for (size_t k = 0; k < more_of(subject)->data_count; k++)
            *ARRAY_ADD(emission->arena, &places[more_of(subject)->data[k]->index].decls) = subject;
    }
    return places;
}

static void write_asset(struct document *document, const struct decl *asset,
                        const struct places *places) {
    open_part(document, PART_ROW);
    next_cell(document);
    put_declared(document, asset);
    next_cell(document);
    put_note(document, asset, ATTRIBUTE_confidentiality);
    next_cell(document);
    put_note(document, asset, ATTRIBUTE_integrity);
    next_cell(document);
    put_note(document, asset, ATTRIBUTE_availability);
    next_cell(document);
    for (size_t i = 0; i < places->decls.count; i++)
        put_listed(document, i > 0, decl_id(places->decls.items[i]));
    next_cell(document);
    put_note(document, asset, ATTRIBUTE_about);
    close_part(document, PART_ROW);
}

void write_assets(struct document *document) {
    static const char *const titles[] = {"Asset",        "Confidentiality", "Integrity",
                                         "Availability", "Found in",        "About"};
    const struct decl_list *assets = &document->emission->model->of[KIND_ASSET];
    put_heading(document, 2, "2 Assets");
    if (!assets->count) {
        put_paragraph(document, "None are stated, so every impact below is a guess of 3.");
        return;
    }
    const struct places *places = find_places(document->emission);
    OPEN_TABLE(document, titles);
    for (size_t i = 0; i < assets->count; i++)
        write_asset(document, assets->items[i], &places[i]);
    close_part(document, PART_TABLE);
}

static void write_named_notes(struct document *document, const struct decl_list *list) {
    open_part(document, PART_LIST);
    for (size_t i = 0; i < list->count; i++) {
        open_part(document, PART_ITEM);
        put_declared(document, list->items[i]);
        put_note_after(document, list->items[i], ATTRIBUTE_about);
        close_part(document, PART_ITEM);
    }
    close_part(document, PART_LIST);
}

void write_adversaries(struct document *document) {
    const struct decl_list *of = document->emission->model->of;
    put_heading(document, 2, "3 Adversaries");
    if (of[KIND_ADVERSARY].count)
        write_named_notes(document, &of[KIND_ADVERSARY]);
    else
        put_paragraph(document, "None are stated.");
    if (of[KIND_ASSUMPTION].count) {
        put_paragraph(document, "Taken for granted:");
        write_named_notes(document, &of[KIND_ASSUMPTION]);
    }
}

/* Without a flow there is a reason instead of what a flow states. */
static void write_way_in(struct document *document, const struct entry *entry) {
    if (!entry->flow) {
        struct slice reason = decl_text(entry->element, ATTRIBUTE_surface);
        document->form->next_cell(document, 3);
        put_text(document, reason.length ? reason : SLICE("stated without a reason"));
        next_cell(document);
        return;
    }
    next_cell(document);
    put_named(document, entry->flow);
    next_cell(document);
    put_stated(document, decl_attribute(entry->flow, ATTRIBUTE_protocol));
    next_cell(document);
    put_stated(document, decl_attribute(entry->flow, ATTRIBUTE_auth));
    next_cell(document);
    put_note(document, entry->flow, ATTRIBUTE_accepts);
}

static void write_ways_in(struct document *document, const struct entries *entries) {
    static const char *const titles[] = {"Element", "Way in", "Protocol", "Auth", "Accepts"};
    OPEN_TABLE(document, titles);
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->items[i];
        bool again = i > 0 && entries->items[i - 1].element == entry->element;
        open_part(document, PART_ROW);
        next_cell(document);
        if (!again)
            put_named(document, entry->element);
        write_way_in(document, entry);
        close_part(document, PART_ROW);
    }
    close_part(document, PART_TABLE);
}

void write_attack_surface(struct document *document) {
    const struct analysis *analysis = document->emission->analysis;
    put_heading(document, 2, "4 Attack surface");
    if (analysis->surface.count)
        write_ways_in(document, &analysis->surface);
    else
        put_paragraph(document, "No call comes from outside.");
    if (!analysis->fetched.count)
        return;
    put_paragraph(document, "Data from outside that is fetched by a call of our own:");
    write_ways_in(document, &analysis->fetched);
}
