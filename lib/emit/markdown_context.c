/* Sections 2 to 4 of the document: what is worth protecting, from whom, and where they get in. */
// SPDX-License-Identifier: MIT
#include "emit/markdown.h"

/* The subjects that state an asset in their `data`, by the asset's index. */
struct places {
    ARRAY_OF(const struct decl *) decls;
};

static struct places *find_places(struct emission *emission) {
    const struct model *model = emission->model;
    struct places *places =
        ARENA_ARRAY(emission->arena, struct places, model->of[KIND_ASSET].count + 1);
    for (size_t i = 0; i < model->subjects.count; i++) {
        const struct decl *subject = model->subjects.items[i];
        for (size_t k = 0; k < more_of(subject)->data_count; k++)
            *ARRAY_ADD(emission->arena, &places[more_of(subject)->data[k]->index].decls) = subject;
    }
    return places;
}

static void write_asset(struct emission *emission, const struct decl *asset,
                        const struct places *places) {
    struct writer *writer = emission->writer;
    write_string(writer, "| ");
    write_declared(writer, asset);
    write_string(writer, " | ");
    write_note(writer, asset, ATTRIBUTE_confidentiality);
    write_string(writer, " | ");
    write_note(writer, asset, ATTRIBUTE_integrity);
    write_string(writer, " | ");
    write_note(writer, asset, ATTRIBUTE_availability);
    write_string(writer, " | ");
    for (size_t i = 0; i < places->decls.count; i++)
        write_format(writer, "%s`%.*s`", i ? ", " : "", S(places->decls.items[i]->id));
    write_string(writer, " | ");
    write_note(writer, asset, ATTRIBUTE_about);
    write_string(writer, " |\n");
}

void write_assets(struct emission *emission) {
    struct writer *writer = emission->writer;
    const struct decl_list *assets = &emission->model->of[KIND_ASSET];
    write_string(writer, "## 2 Assets\n\n");
    if (!assets->count) {
        write_string(writer, "None are stated, so every impact below is a guess of 3.\n\n");
        return;
    }
    const struct places *places = find_places(emission);
    write_string(writer,
                 "| Asset | Confidentiality | Integrity | Availability | Found in | About |\n"
                 "|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < assets->count; i++)
        write_asset(emission, assets->items[i], &places[i]);
    write_char(writer, '\n');
}

static void write_named_notes(struct writer *writer, const struct decl_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        write_string(writer, "- ");
        write_declared(writer, list->items[i]);
        if (decl_text(list->items[i], ATTRIBUTE_about).length) {
            write_string(writer, ": ");
            write_note(writer, list->items[i], ATTRIBUTE_about);
        }
        write_char(writer, '\n');
    }
    write_char(writer, '\n');
}

void write_adversaries(struct emission *emission) {
    struct writer *writer = emission->writer;
    const struct decl_list *of = emission->model->of;
    write_string(writer, "## 3 Adversaries\n\n");
    if (of[KIND_ADVERSARY].count)
        write_named_notes(writer, &of[KIND_ADVERSARY]);
    else
        write_string(writer, "None are stated.\n\n");
    if (of[KIND_ASSUMPTION].count) {
        write_string(writer, "Taken for granted:\n\n");
        write_named_notes(writer, &of[KIND_ASSUMPTION]);
    }
}

static void write_way_in(struct emission *emission, const struct entry *entry) {
    struct writer *writer = emission->writer;
    if (!entry->flow) {
        struct slice reason = decl_text(entry->element, ATTRIBUTE_surface);
        write_markdown(writer, reason.length ? reason : SLICE("stated without a reason"));
        write_string(writer, " | | | ");
        return;
    }
    write_named(writer, entry->flow);
    write_string(writer, " | ");
    write_stated(emission, decl_attribute(entry->flow, ATTRIBUTE_protocol));
    write_string(writer, " | ");
    write_stated(emission, decl_attribute(entry->flow, ATTRIBUTE_auth));
    write_string(writer, " | ");
    write_note(writer, entry->flow, ATTRIBUTE_accepts);
}

void write_attack_surface(struct emission *emission) {
    struct writer *writer = emission->writer;
    const struct analysis *analysis = emission->analysis;
    write_string(writer, "## 4 Attack surface\n\n");
    if (!analysis->surface.count) {
        write_string(writer, "No call comes from outside.\n\n");
        return;
    }
    write_string(writer,
                 "| Element | Way in | Protocol | Auth | Accepts |\n|---|---|---|---|---|\n");
    for (size_t i = 0; i < analysis->surface.count; i++) {
        const struct entry *entry = &analysis->surface.items[i];
        bool again = i > 0 && analysis->surface.items[i - 1].element == entry->element;
        write_string(writer, "| ");
        if (!again)
            write_named(writer, entry->element);
        write_string(writer, " | ");
        write_way_in(emission, entry);
        write_string(writer, " |\n");
    }
    write_char(writer, '\n');
}
