/* See random_edit.h. Each change is a splice of the text, and is taken back when the text does not
 * read afterwards. */
// SPDX-License-Identifier: MIT
#include "random_edit.h"

#include "syntax/edit.h"
#include "syntax/edit_text.h"
#include "syntax/formatter.h"
#include "syntax/parser.h"

#include <stdlib.h>
#include <string.h>

/* Of Knuth's MMIX; the high bits are the good ones. */
static size_t random_below(uint64_t *seed, size_t limit) {
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(*seed >> 33) % limit;
}

struct spot {
    const struct item *item;
    const struct block *around;
};

struct editing {
    struct arena *arena;
    uint64_t *seed;
    const char *mark;
    const struct tree *tree;
    ARRAY_OF(struct spot) spots;
};

static size_t below(struct editing *editing, size_t limit) {
    return random_below(editing->seed, limit);
}

static const struct tree *read_text(struct arena *arena, struct slice text) {
    struct diagnostics diagnostics = {.arena = arena};
    const struct tree *tree =
        parse(&diagnostics, source_new(arena, SLICE("x.dfd"), slice_copy(arena, text)));
    return diagnostics.errors || tree->damaged || tree->truncated ? NULL : tree;
}

static void gather(struct editing *editing, const struct block *block) {
    for (const struct item *item = block->items; item; item = item->next) {
        *ARRAY_ADD(editing->arena, &editing->spots) = (struct spot){item, block};
        if (item_block(item))
            gather(editing, item_block(item));
    }
}

static struct slice new_word(struct editing *editing) {
    return text_format(editing->arena, "%s%zu", editing->mark, below(editing, 1000));
}

/* ---- changes ----------------------------------------------------------------------------- */

static void remove_item(struct editing *editing, struct edit *edit, const struct spot *spot) {
    (void)editing;
    edit_remove(edit, spot->around, spot->item);
}

static void state(struct editing *editing, struct edit *edit, const struct spot *spot) {
    static const char *const names[] = {"owner", "note", "state", "reason", "likelihood", "about"};
    if (spot->item->kind == ITEM_DECLARATION)
        edit_state(edit, spot->item, slice_of(names[below(editing, 6)]), new_word(editing), false);
}

static void say_otherwise(struct editing *editing, struct edit *edit, const struct spot *spot) {
    const struct item *item = spot->item;
    if (item->kind == ITEM_ATTRIBUTE)
        edit_word(edit, word_span(&item->value->word), new_word(editing));
    else if (item->kind == ITEM_DECLARATION && word_text(&item->head->label).length)
        edit_word(edit, word_span(&item->head->label),
                  text_format(editing->arena, "%s says", editing->mark));
}

static void rename_item(struct editing *editing, struct edit *edit, const struct spot *spot) {
    if (spot->item->kind == ITEM_DECLARATION && spot->item->head->name.end)
        edit_word(edit, word_span(&spot->item->head->name), new_word(editing));
}

static void comment_line(struct editing *editing, struct edit *edit, const struct spot *spot) {
    uint32_t at = line_start(edit, spot->item->word.start);
    if (begins_line(edit, spot->item->word.start))
        add_change(edit, at, at,
                   text_format(editing->arena, "%.*s# %s%.*s",
                               SLICE_ARGS(indentation(edit, spot->item->word.start)), editing->mark,
                               SLICE_ARGS(newline_of(edit))));
}

static void comment_behind(struct editing *editing, struct edit *edit, const struct spot *spot) {
    uint32_t at = spot->item->end;
    if (line_end(edit, at) == skip_blanks_at(edit, at))
        add_change(edit, at, at, text_format(editing->arena, " # %s", editing->mark));
}

static void add_declaration(struct editing *editing, struct edit *edit, const struct spot *spot) {
    static const struct {
        const char *before, *between, *after; /* the new word; NULL: it stands there once */
    } forms[] = {
        {"threat ", " \"New\" { candidate: S@", "/forged_caller; likelihood: 3 }"},
        {"dismiss R@", "/", " { reason: \"new\"; code: not_plausible }"},
        {"mitigation ", NULL, " \"New\" {\n  for: [x]\n  state: complete\n}"},
        {"process ", NULL, " \"New\""},
        {"risk ", " { for: [T-1]; decision: ", " }"},
    };
    struct slice word = new_word(editing);
    uint32_t at = line_end(edit, spot->item->end);
    if (!is_rest_empty(edit, spot->item->end) || spot->around != &editing->tree->file)
        return;
    size_t form = below(editing, sizeof forms / sizeof *forms);
    struct slice text = text_join(editing->arena, slice_of(forms[form].before), SLICE(""), word);
    if (forms[form].between)
        text = text_join(editing->arena, text, slice_of(forms[form].between), word);
    text = text_join(editing->arena, text, SLICE(""), slice_of(forms[form].after));
    add_change(edit, at, at, text_join(editing->arena, newline_of(edit), SLICE(""), text));
}

static void swap_with_next(struct editing *editing, struct edit *edit, const struct spot *spot) {
    const struct item *first = spot->item, *second = first->next;
    (void)editing;
    if (!second)
        return;
    add_change(edit, first->word.start, first->end,
               source_slice(edit->tree->source, item_span(second)));
    add_change(edit, second->word.start, second->end,
               source_slice(edit->tree->source, item_span(first)));
}

static void break_line(struct editing *editing, struct edit *edit, const struct spot *spot) {
    uint32_t start = spot->item->word.start;
    (void)editing;
    add_change(edit, start, start, newline_of(edit));
}

static void remove_line_break(struct editing *editing, struct edit *edit, const struct spot *spot) {
    uint32_t end = line_end(edit, spot->item->end);
    (void)editing;
    if (end == spot->item->end)
        add_change(edit, end, next_line(edit, end), SLICE("; "));
}

static void remove_comment(struct editing *editing, struct edit *edit, const struct spot *spot) {
    const struct comment *comment = around(spot->item->remarks)->comments;
    (void)editing;
    if (!comment)
        return;
    uint32_t at = (uint32_t)(comment->text.at - edit->tree->source->text.at);
    add_change(edit, line_start(edit, at), next_line(edit, at), SLICE(""));
}

typedef void change(struct editing *editing, struct edit *edit, const struct spot *spot);
static change *const changes[] = {
    remove_item,    state,           say_otherwise,    rename_item,    comment_line,
    comment_behind, add_declaration, add_declaration,  swap_with_next, break_line,
    remove_comment, say_otherwise,   remove_line_break};

static struct slice in_style(struct editing *editing) {
    struct memory_writer writer;
    memory_writer_open(&writer, editing->arena);
    format_tree(editing->arena, &writer.writer, editing->tree, below(editing, 2));
    return memory_writer_close(&writer);
}

static struct slice change_once(struct editing *editing) {
    if (below(editing, 20) == 0)
        return in_style(editing);
    struct edit edit = edit_of(editing->arena, editing->tree);
    const struct spot *spot = &editing->spots.items[below(editing, editing->spots.count)];
    changes[below(editing, sizeof changes / sizeof *changes)](editing, &edit, spot);
    return edit_apply(&edit);
}

struct text random_edit(const struct text *text, uint64_t *seed, const char *mark) {
    struct arena arena;
    struct text result = {0};
    arena_open(&arena, NULL, 0);
    const struct tree *tree = read_text(&arena, (struct slice){text->at, text->length});
    for (size_t i = 0, count = random_below(seed, 5); tree && i <= count; i++) {
        struct editing editing = {.arena = &arena, .seed = seed, .mark = mark, .tree = tree};
        gather(&editing, &tree->file);
        if (!editing.spots.count)
            break;
        const struct tree *changed = read_text(&arena, change_once(&editing));
        tree = changed ? changed : tree;
    }
    if (tree && tree->source->bom)
        text_add(&result, "\xef\xbb\xbf", 3);
    if (tree)
        text_add(&result, tree->source->text.at, tree->source->text.length);
    arena_close(&arena);
    return result;
}
