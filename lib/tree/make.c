/* Makes items one after the other, each at the end of its list. */
// SPDX-License-Identifier: MIT
#include "tree/make.h"

/* A name or label that is not there has no word at all. */
static struct word make_word(struct maker *maker, struct slice text) {
    return text.length ? word_new(maker->arena, text, (struct span){0, 0}) : (struct word){0};
}

void make_tree(struct maker *maker, struct arena *arena, struct slice path) {
    struct tree *tree = ARENA_NEW(arena, struct tree);
    tree->source = source_new(arena, path, SLICE(""));
    *maker = (struct maker){.arena = arena, .tree = tree, .next = &tree->file.items};
}

static struct item *make_item(struct maker *maker, enum item_kind kind, struct slice word) {
    struct item *item = ARENA_NEW(maker->arena, struct item);
    item->kind = (unsigned char)kind;
    item->word = make_word(maker, word);
    return item;
}

void make_declaration(struct maker *maker, struct slice kind, struct slice name,
                      struct slice label) {
    struct item *item = make_item(maker, ITEM_DECLARATION, kind);
    item->head = ARENA_NEW(maker->arena, struct head);
    item->head->source = maker->tree->source;
    item->head->name = make_word(maker, name);
    item->head->label = make_word(maker, label);
    *maker->next = maker->latest = item;
    maker->next = &item->next;
    maker->next_inside = &item->head->block.items;
    maker->tree->declarations++;
    maker->tree->has_imports |= slice_is(kind, "import");
}

void make_flow(struct maker *maker, struct slice name, struct slice from, struct slice to,
               struct slice label) {
    make_declaration(maker, SLICE("flow"), name, label);
    maker->latest->arrow = true;
    maker->tree->flows++;
    *own_ends(maker->arena, maker->latest->head) =
        (struct ends){make_word(maker, from), make_word(maker, to)};
}

void make_attribute(struct maker *maker, struct slice name, struct value *value) {
    struct item *item = make_item(maker, ITEM_ATTRIBUTE, name);
    item->value = value;
    add_block(maker->latest);
    *maker->next_inside = item;
    maker->next_inside = &item->next;
}

struct value *make_value(struct maker *maker, enum value_kind kind, struct slice text) {
    struct word word = word_new(maker->arena, text, (struct span){0, 0});
    word.kind = (unsigned)kind & VALUE_KINDS;
    return value_new(maker->arena, word, (struct remarks){0});
}

struct value *make_list(struct maker *maker, struct value *items) {
    return value_new(maker->arena, list_word((struct span){0, 0}, items), (struct remarks){0});
}
