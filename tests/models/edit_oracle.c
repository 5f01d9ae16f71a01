/* See edit_oracle.h. A text's meaning is written down from its tree: kinds, ids, labels, attributes
 * in order of their names; comments apart from that, in order of their texts. */
// SPDX-License-Identifier: MIT
#include "edit_oracle.h"

#include "syntax/edit.h"
#include "syntax/edit_text.h"
#include "syntax/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME "owner"
#define VALUE "x y, {z}: #1"

struct trial {
    struct arena *arena;
    const char *path;
    char *problem;
    struct slice text; /* before the edit; while `lost` counts */
    struct span lost;  /* whose comments may go with what is removed */
};

typedef ARRAY_OF(struct slice) slices;

static struct tree *read_text(struct trial *trial, struct slice text, size_t *errors) {
    struct diagnostics diagnostics = {.arena = trial->arena};
    struct source *source =
        source_new(trial->arena, slice_of(trial->path), slice_copy(trial->arena, text));
    struct tree *tree = parse_either(&diagnostics, source);
    *errors = diagnostics.errors;
    return tree;
}

/* ---- what a text says -------------------------------------------------------------------- */

static int compare_slices(const void *a, const void *b) {
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static void write_sorted(struct writer *writer, slices *lines) {
    if (lines->count)
        qsort(lines->items, lines->count, sizeof *lines->items, compare_slices);
    for (size_t i = 0; i < lines->count; i++) {
        write_slice(writer, lines->items[i]);
        write_char(writer, '\n');
    }
}

static void write_value(struct writer *writer, const struct value *value) {
    if (value->word.kind != VALUE_LIST) {
        write_char(writer, '<');
        write_slice(writer, word_text(&value->word));
        write_char(writer, '>');
        return;
    }
    for (const struct value *item = value_items(value); item; item = item->next)
        write_value(writer, item);
}

static void write_items(struct trial *trial, struct writer *writer, const struct item *items);

static struct slice declaration_of(struct trial *trial, const struct item *item) {
    struct memory_writer text;
    memory_writer_open(&text, trial->arena);
    const struct word *words[] = {&item->word,
                                  &item->head->name,
                                  &ends_of(item->head)->from,
                                  &ends_of(item->head)->to,
                                  &item->head->label,
                                  alias_of(item->head)};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        write_slice(&text.writer, word_text(words[i]));
        write_char(&text.writer, '|');
    }
    write_string(&text.writer, "{\n");
    if (item_block(item))
        write_items(trial, &text.writer, item_block(item)->items);
    write_string(&text.writer, "}");
    return memory_writer_close(&text);
}

static struct slice attribute_of(struct trial *trial, struct slice name,
                                 const struct value *value) {
    struct memory_writer text;
    memory_writer_open(&text, trial->arena);
    write_slice(&text.writer, name);
    write_string(&text.writer, "=");
    write_value(&text.writer, value);
    return memory_writer_close(&text);
}

static void write_items(struct trial *trial, struct writer *writer, const struct item *items) {
    slices attributes = {0};
    for (const struct item *item = items; item; item = item->next)
        if (item->kind == ITEM_ATTRIBUTE)
            *ARRAY_ADD(trial->arena, &attributes) =
                attribute_of(trial, word_text(&item->word), item->value);
    write_sorted(writer, &attributes);
    for (const struct item *item = items; item; item = item->next) {
        if (item->kind != ITEM_DECLARATION)
            continue;
        write_slice(writer, declaration_of(trial, item));
        write_char(writer, '\n');
    }
}

static struct slice meaning_of(struct trial *trial, const struct tree *tree) {
    struct memory_writer text;
    memory_writer_open(&text, trial->arena);
    write_items(trial, &text.writer, tree->file.items);
    return memory_writer_close(&text);
}

/* ---- comments ---------------------------------------------------------------------------- */

/* Apart from those that go with what is removed. */
static void gather(struct trial *trial, slices *lines, const struct comment *comment) {
    for (; comment; comment = comment->next)
        if (!trial->text.at || comment->text.at < trial->text.at + trial->lost.start ||
            comment->text.at >= trial->text.at + trial->lost.end)
            *ARRAY_ADD(trial->arena, lines) = slice_trim(comment->text);
}

static void gather_value(struct trial *trial, slices *lines, const struct value *value) {
    gather(trial, lines, around(value_remarks(value))->comments);
    for (const struct value *item = value_items(value); item; item = item->next)
        gather_value(trial, lines, item);
    gather(trial, lines, around(value_remarks(value))->tail);
}

static void gather_expr(struct trial *trial, slices *lines, const struct expr *expr) {
    gather(trial, lines, expr->comments);
    for (const struct expr *part = expr->parts; part; part = part->next)
        gather_expr(trial, lines, part);
    if (expr->value)
        gather_value(trial, lines, expr->value);
    gather(trial, lines, expr->tail);
}

static void gather_block(struct trial *trial, slices *lines, const struct block *block) {
    gather(trial, lines, around(block->remarks)->trailing);
    gather(trial, lines, around(block->remarks)->tail);
    for (const struct item *item = block->items; item; item = item->next) {
        gather(trial, lines, around(item->remarks)->comments);
        gather(trial, lines, around(item->remarks)->trailing);
        if (item->kind == ITEM_ATTRIBUTE)
            gather_value(trial, lines, item->value);
        else if (item->kind == ITEM_CONDITION)
            gather_expr(trial, lines, item->expr);
        if (item_block(item))
            gather_block(trial, lines, item_block(item));
    }
}

/* In order of their texts. */
static slices comments_of(struct trial *trial, const struct tree *tree, struct slice text) {
    slices lines = {0};
    trial->text = text;
    gather_block(trial, &lines, &tree->file);
    trial->text = (struct slice){0};
    if (lines.count)
        qsort(lines.items, lines.count, sizeof *lines.items, compare_slices);
    return lines;
}

/* Each comment of the text, but for those in `lost`, is there afterwards, and no other than those
 * of the text. The edit's own tree says by now what is wanted, so the text is read once more. */
static bool comments_stay(struct trial *trial, const struct edit *edit, const struct tree *again) {
    size_t errors, found = 0, known = 0;
    const struct tree *before = read_text(trial, edit->tree->source->text, &errors);
    slices all = comments_of(trial, before, (struct slice){0});
    slices stay = comments_of(trial, before, before->source->text);
    slices there = comments_of(trial, again, (struct slice){0});
    for (size_t i = 0; i < all.count && known < there.count; i++)
        known += slice_equal(all.items[i], there.items[known]);
    for (size_t i = 0; i < there.count && found < stay.count; i++)
        found += slice_equal(stay.items[found], there.items[i]);
    return found == stay.count && known == there.count;
}

/* What goes may take along the comments on its lines and on those above, up to what stands before
 * and after it. YAML's tree does not say where things end. */
static void may_lose(struct trial *trial, const struct edit *edit, uint32_t before,
                     struct span span, uint32_t after) {
    uint32_t above = line_end(edit, before), below = line_end(edit, span.end);
    trial->lost = edit->is_yaml ? (struct span){0, edit_length(edit)}
                                : (struct span){above < span.start ? above : span.start,
                                                below < after ? below : after};
}

static void may_lose_item(struct trial *trial, const struct edit *edit, const struct block *block,
                          const struct item *item) {
    const struct item *before = NULL;
    for (const struct item *at = block->items; at != item; at = at->next)
        before = at;
    may_lose(trial, edit, before ? before->end : block->open, item_span(item),
             item->next     ? item->next->word.start
             : block->close ? block->close
                            : edit_length(edit));
    if (!before && block == &edit->tree->file && !edit->is_yaml)
        trial->lost.start = 0;
}

/* ---- trials ------------------------------------------------------------------------------ */

static void complain(struct trial *trial, const char *what, struct slice before,
                     struct slice after) {
    struct slice text = text_format(trial->arena, "%s: %s\n---- before\n%.*s\n---- after\n%.*s\n",
                                    trial->path, what, SLICE_ARGS(before), SLICE_ARGS(after));
    if (trial->problem)
        return;
    trial->problem = malloc(text.length + 1);
    if (trial->problem) {
        memcpy(trial->problem, text.at, text.length);
        trial->problem[text.length] = '\0';
    }
}

/* The edit has been made; `tree` has been changed to what the text should say now. */
static void check(struct trial *trial, struct edit *edit) {
    size_t errors;
    struct slice before = edit->tree->source->text, after = edit_apply(edit);
    const struct tree *again = read_text(trial, after, &errors);
    if (errors)
        complain(trial, "it does not read any more", before, after);
    else if (!slice_equal(meaning_of(trial, edit->tree), meaning_of(trial, again)))
        complain(trial, "it says something else", before, after);
    else if (!comments_stay(trial, edit, again))
        complain(trial, "its comments are others", before, after);
}

/* Its place and kind stay. */
static void set_text(struct arena *arena, struct word *word, struct slice text) {
    enum value_kind kind = (enum value_kind)word->kind;
    *word = word_new(arena, text, word_span(word));
    word->kind = kind & VALUE_KINDS;
}

static struct value *text_value(struct trial *trial, const char *text) {
    struct value *value = ARENA_NEW(trial->arena, struct value);
    value->word.kind = VALUE_STRING;
    set_text(trial->arena, &value->word, slice_of(text));
    return value;
}

static struct item *attribute_in(const struct item *declaration, const char *name) {
    struct item *item = items_inside(declaration);
    while (item && (item->kind != ITEM_ATTRIBUTE || !slice_is(word_text(&item->word), name)))
        item = item->next;
    return item;
}

/* Puts into the tree what edit_state() was asked for; gives back what undoes it. */
static void put(struct trial *trial, struct item *declaration, const char *name,
                struct value *value) {
    struct item *there = attribute_in(declaration, name);
    if (!there) {
        there = ARENA_NEW(trial->arena, struct item);
        there->kind = ITEM_ATTRIBUTE;
        set_text(trial->arena, &there->word, slice_of(name));
        if (!item_block(declaration))
            add_block(declaration);
        there->next = item_block(declaration)->items;
        item_block(declaration)->items = there;
    }
    there->value = value;
}

/* Trees are changed by a trial, so each has one of its own: the declaration by its number. */
static struct item *nth_declaration(struct item *items, size_t *left, struct block **around,
                                    struct block *block) {
    for (struct item *item = items; item; item = item->next) {
        if (item->kind != ITEM_DECLARATION)
            continue;
        bool evidence = slice_is(word_text(&item->word), "evidence");
        if (!evidence && !(*left)--) {
            *around = block;
            return item;
        }
        struct item *inner =
            item_block(item) && !evidence
                ? nth_declaration(item_block(item)->items, left, around, item_block(item))
                : NULL;
        if (inner)
            return inner;
    }
    return NULL;
}

enum sort {
    DECLARE,
    STATE_NEW,
    STATE_AGAIN,
    ADD_VALUE,
    RELIST,
    RENAME,
    REMOVE_ATTRIBUTE,
    REMOVE,
    SORTS
};

static bool remove_from(struct block *block, const struct item *item) {
    for (struct item **at = &block->items; *at; at = &(*at)->next) {
        if (*at != item)
            continue;
        *at = item->next;
        return true;
    }
    return false;
}

/* In the item, if that is a boundary. */
static bool declare(struct trial *trial, struct edit *edit, struct item *item) {
    bool in_boundary = kind_find(word_text(&item->word)) == KIND_BOUNDARY && !item->arrow;
    if (!edit_declare(edit, in_boundary ? item : NULL, KIND_STORE, SLICE("new_one"),
                      SLICE("A: \"b\", {c}")))
        return false;
    struct tree *tree = (struct tree *)edit->tree;
    struct item *added = ARENA_NEW(trial->arena, struct item);
    added->kind = ITEM_DECLARATION;
    added->head = ARENA_NEW(trial->arena, struct head);
    set_text(trial->arena, &added->word, SLICE("store"));
    set_text(trial->arena, &added->head->name, SLICE("new_one"));
    set_text(trial->arena, &added->head->label, SLICE("A: \"b\", {c}"));
    struct item **end = &tree->file.items;
    if (in_boundary && edit->is_yaml)
        put(trial, added, "in",
            text_value(trial, slice_string(trial->arena, word_text(&item->head->name))));
    else if (in_boundary)
        end = &add_block(item)->items;
    const struct item *last = in_boundary && !edit->is_yaml ? NULL : last_of_kind(edit, KIND_STORE);
    while (*end && (!last || *end != last))
        end = &(*end)->next;
    if (*end)
        end = &(*end)->next;
    added->next = *end;
    *end = added;
    return true;
}

/* The value that goes from a list; which, depends on where the list stands. */
static struct value **value_to_drop(struct value *list) {
    uint32_t count = 0;
    for (const struct value *at = value_items(list); at; at = at->next)
        count++;
    struct value **gone = &list->word.items;
    for (uint32_t i = 0; i < list->word.start % count; i++)
        gone = &(*gone)->next;
    return gone;
}

/* Without one of the list's values, and with a new one behind the first that stays. */
static bool relist(struct trial *trial, struct edit *edit, struct item *item, struct item *stated) {
    ARRAY_OF(struct spelled_value) wanted = {0};
    struct value *list = stated->value, *first = value_items(list), *before = NULL;
    if (!first || !first->next)
        return false;
    struct value **gone = value_to_drop(list), *stays = first == *gone ? first->next : first;
    for (struct value *at = first; at != *gone; at = at->next)
        before = at;
    may_lose(trial, edit, before ? before->word.end : list->word.start, word_span(&(*gone)->word),
             (*gone)->next ? (*gone)->next->word.start : list->word.end - 1);
    for (struct value *at = first; at; at = at->next) {
        if (at != *gone)
            *ARRAY_ADD(trial->arena, &wanted) = (struct spelled_value){
                word_text(&at->word), source_slice(edit->tree->source, word_span(&at->word))};
        if (at == stays)
            *ARRAY_ADD(trial->arena, &wanted) =
                (struct spelled_value){SLICE("more"), SLICE("more")};
    }
    if (has_value(list, SLICE("more")) ||
        !edit_list(edit, item, word_text(&stated->word), wanted.items, wanted.count))
        return false;
    *gone = (*gone)->next;
    struct value *more = text_value(trial, "more");
    more->next = stays->next;
    stays->next = more;
    return true;
}

/* False when the edit was refused or does not apply; then the tree is as it was. */
static bool make(struct trial *trial, struct edit *edit, enum sort sort, struct block *around,
                 struct item *item) {
    struct item *first = items_inside(item);
    bool attribute = first && first->kind == ITEM_ATTRIBUTE;
    switch (sort) {
    case DECLARE:
        return declare(trial, edit, item);
    case STATE_NEW:
        if (slice_is(word_text(&item->word), "import") ||
            !edit_state(edit, item, SLICE(NAME), SLICE(VALUE), false))
            return false;
        put(trial, item, NAME, text_value(trial, VALUE));
        return true;
    case STATE_AGAIN:
        if (attribute)
            may_lose(trial, edit, first->word.end, word_span(&first->value->word),
                     first->value->word.end);
        if (!attribute || !edit_state(edit, item, word_text(&first->word), SLICE(VALUE), false))
            return false;
        put(trial, item, slice_string(trial->arena, word_text(&first->word)),
            text_value(trial, VALUE));
        return true;
    case ADD_VALUE: {
        if (!attribute || !edit_state(edit, item, word_text(&first->word), SLICE("more"), true))
            return false;
        struct value *list = first->value, **end;
        for (struct value *at = list->word.kind == VALUE_LIST ? value_items(list) : list; at;
             at = list->word.kind == VALUE_LIST ? at->next : NULL)
            if (slice_is(word_text(&at->word), "more"))
                return true;
        if (list->word.kind != VALUE_LIST) {
            first->value = ARENA_NEW(trial->arena, struct value);
            first->value->word = list_word((struct span){0, 0}, list);
            list = first->value;
        }
        for (end = &list->word.items; *end; end = &(*end)->next)
            ;
        *end = text_value(trial, "more");
        return true;
    }
    case RELIST:
        return attribute && relist(trial, edit, item, first);
    case RENAME:
        if (!item->head->name.end ||
            !edit_word(edit, word_span(&item->head->name), SLICE("renamed")))
            return false;
        set_text(trial->arena, &item->head->name, SLICE("renamed"));
        return true;
    case REMOVE_ATTRIBUTE:
        if (attribute)
            may_lose_item(trial, edit, item_block(item), first);
        return attribute && edit_remove(edit, item_block(item), first) &&
               remove_from(item_block(item), first);
    default:
        may_lose_item(trial, edit, around, item);
        return edit_remove(edit, around, item) && remove_from(around, item);
    }
}

static bool is_attribute(struct slice name) {
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if (slice_is(name, attribute_rows[i].name))
            return true;
    return false;
}

/* An id that is an attribute's name, or has a colon in it, reads as a mistaken attribute once the
 * declaration before it, or its own, is empty; and an attribute that nobody knows may be what keeps
 * another message away. Such a text is nobody's. */
static bool is_odd(const struct item *items) {
    for (const struct item *item = items; item; item = item->next) {
        bool declares = item->kind == ITEM_DECLARATION;
        struct slice name = declares ? word_text(&item->head->name) : word_text(&item->word);
        if (item->kind != ITEM_CONDITION &&
            (declares ? is_attribute(name) || slice_has(name, ':') : !is_attribute(name)))
            return true;
        if (item_block(item) && is_odd(item_block(item)->items))
            return true;
    }
    return false;
}

/* False when there is no such declaration. */
static bool try_one(struct trial *trial, struct slice text, size_t number, enum sort sort,
                    size_t *tried) {
    size_t errors, left = number;
    struct tree *tree = read_text(trial, text, &errors);
    struct block *around = NULL;
    struct item *item = nth_declaration(tree->file.items, &left, &around, &tree->file);
    struct edit edit = edit_of(trial->arena, tree);
    trial->lost = (struct span){0, 0};
    if (errors || tree->damaged || !item || is_odd(tree->file.items))
        return false;
    if (make(trial, &edit, sort, around, item)) {
        check(trial, &edit);
        ++*tried;
    }
    return true;
}

char *check_edits(const char *path, const char *text, size_t length, size_t limit, size_t *tried) {
    struct arena arena;
    struct trial trial = {.arena = &arena, .path = path};
    bool goes_on = true;
    for (size_t i = 0; i < limit && goes_on && !trial.problem; i++) {
        for (enum sort sort = 0; sort < SORTS && goes_on && !trial.problem; sort++) {
            arena_open(&arena, NULL, 0);
            goes_on = try_one(&trial, (struct slice){text, length}, i, sort, tried);
            arena_close(&arena);
        }
    }
    return trial.problem;
}
