/* Edits of the DSL, and those of either form. */
// SPDX-License-Identifier: MIT
#include "syntax/edit.h"

#include "syntax/edit_text.h"
#include "syntax/form.h"
#include "syntax/quote.h"

#include <stdlib.h>

struct edit edit_of(struct arena *arena, const struct tree *tree) {
    return (struct edit){.arena = arena, .tree = tree, .is_yaml = is_yaml_path(tree->source->path)};
}

/* ---- the DSL ----------------------------------------------------------------------------- */

static struct slice quoted_in_dsl(struct edit *edit, struct slice text) {
    struct memory_writer quoted;
    memory_writer_open(&quoted, edit->arena);
    write_dsl_string(&quoted.writer, text);
    return memory_writer_close(&quoted);
}

static struct slice in_dsl(struct edit *edit, struct slice text) {
    return fits_dsl_word(text) ? text : quoted_in_dsl(edit, text);
}

/* "name: value", with what stands before and after it. The value is spelled as it is to stand. */
static struct slice pair_in_dsl(struct edit *edit, struct slice before, struct slice name,
                                struct slice value, const char *after) {
    return text_format(edit->arena, "%.*s%.*s: %.*s%s", SLICE_ARGS(before), SLICE_ARGS(name),
                       SLICE_ARGS(value), after);
}

/* What has been inserted here before, so that more can be added to it; NULL: nothing. */
static struct change *inserted_at(const struct edit *edit, uint32_t at) {
    for (size_t i = 0; i < edit->changes.count; i++)
        if (edit->changes.items[i].span.start == at && edit->changes.items[i].span.end == at)
            return &edit->changes.items[i];
    return NULL;
}

/* Adds to an insertion, before what it ends with. */
static void add_inside(struct edit *edit, struct change *change, struct slice more,
                       const char *ending) {
    size_t length = change->text.length - strlen(ending);
    change->text =
        text_join(edit->arena, slice_part(change->text, 0, length), more, slice_of(ending));
}

/* A list gets one more, a single value becomes a list. */
static bool add_value_in_dsl(struct edit *edit, const struct value *value, struct slice more) {
    struct slice word = in_dsl(edit, more);
    struct change *list = inserted_at(edit, value->word.end);
    if (has_value(value, more))
        return true;
    if (value->word.kind != VALUE_LIST && list) {
        add_inside(edit, list, text_join(edit->arena, SLICE(", "), word, SLICE("")), "]");
    } else if (value->word.kind != VALUE_LIST) {
        add_change(edit, value->word.start, value->word.start, SLICE("["));
        add_change(edit, value->word.end, value->word.end,
                   text_format(edit->arena, ", %.*s]", SLICE_ARGS(word)));
        return true;
    }
    const struct value *last = last_value(value);
    uint32_t at = last ? last->word.end : value->word.start + 1;
    add_change(edit, at, at, last ? text_format(edit->arena, ", %.*s", SLICE_ARGS(word)) : word);
    return true;
}

static bool word_in_dsl(struct edit *edit, struct span word, struct slice text) {
    add_change(edit, word.start, word.end, in_dsl(edit, text));
    return true;
}

static const struct item *last_attribute(const struct block *block) {
    const struct item *last = NULL;
    for (const struct item *item = block->items; item; item = item->next)
        last = item->kind == ITEM_ATTRIBUTE ? item : last;
    return last;
}

/* A line of its own after the end of the line of `at`. */
static void add_line(struct edit *edit, uint32_t at, struct slice indent, struct slice name,
                     struct slice value) {
    struct slice before =
        text_format(edit->arena, "%.*s%.*s", SLICE_ARGS(newline_of(edit)), SLICE_ARGS(indent));
    at = line_end(edit, at);
    add_change(edit, at, at, pair_in_dsl(edit, before, name, value, ""));
}

static void add_first_attribute(struct edit *edit, const struct item *declaration,
                                const struct block *block, struct slice name, struct slice value) {
    bool own_line = is_rest_empty(edit, block->open + 1);
    struct slice indent =
        text_format(edit->arena, "%.*s  ", SLICE_ARGS(indentation(edit, declaration->word.start)));
    if (own_line && block->items && begins_line(edit, block->items->word.start))
        indent = indentation(edit, block->items->word.start);
    if (own_line)
        add_line(edit, block->open + 1, indent, name, value);
    else
        add_change(edit, block->open + 1, block->open + 1,
                   pair_in_dsl(edit,
                               inserted_at(edit, block->open + 1) && !block->items ? SLICE("; ")
                                                                                   : SLICE(" "),
                               name, value, block->items ? ";" : ""));
}

static bool add_attribute_in_dsl(struct edit *edit, const struct item *declaration,
                                 struct slice name, struct slice value) {
    const struct block *block = item_block(declaration);
    struct change *made = block ? NULL : inserted_at(edit, declaration->end);
    if (made) {
        add_inside(edit, made, pair_in_dsl(edit, SLICE("; "), name, value, ""), " }");
        return true;
    }
    if (!block) {
        add_change(edit, declaration->end, declaration->end,
                   pair_in_dsl(edit, SLICE(" { "), name, value, " }"));
        return true;
    }
    if (!block->close)
        return false;
    const struct item *last = last_attribute(block);
    if (!last)
        add_first_attribute(edit, declaration, block, name, value);
    else if (begins_line(edit, last->word.start) && is_rest_empty(edit, last->end))
        add_line(edit, last->end, indentation(edit, last->word.start), name, value);
    else
        add_change(edit, last->end, last->end, pair_in_dsl(edit, SLICE("; "), name, value, ""));
    return true;
}

static bool state_in_dsl(struct edit *edit, const struct item *declaration, struct slice name,
                         struct slice value, bool adds) {
    const struct item *there = find_attribute(declaration, name);
    if (!there)
        return add_attribute_in_dsl(edit, declaration, name, in_dsl(edit, value));
    return adds ? add_value_in_dsl(edit, there->value, value)
                : word_in_dsl(edit, word_span(&there->value->word), value);
}

/* Lines of their own before the }, or beside what stands on its line. */
static bool declare_inside(struct edit *edit, const struct item *boundary, struct slice text) {
    const struct block *block = item_block(boundary);
    if (!block) {
        add_change(edit, boundary->end, boundary->end,
                   text_format(edit->arena, " { %.*s }", SLICE_ARGS(text)));
        return true;
    }
    if (!block->close)
        return false;
    const struct item *last = last_item(block);
    if (begins_line(edit, block->close)) {
        struct slice own = indentation(edit, block->close);
        bool as_before = last && begins_line(edit, last->word.start);
        struct slice indent = as_before ? indentation(edit, last->word.start)
                                        : text_format(edit->arena, "%.*s  ", SLICE_ARGS(own));
        uint32_t at = line_start(edit, block->close);
        add_change(edit, at, at,
                   text_format(edit->arena, "%.*s%.*s%.*s", SLICE_ARGS(indent), SLICE_ARGS(text),
                               SLICE_ARGS(newline_of(edit))));
    } else if (last) {
        add_change(edit, last->end, last->end,
                   text_format(edit->arena, "; %.*s", SLICE_ARGS(text)));
    } else {
        add_change(edit, block->open + 1, block->open + 1,
                   text_format(edit->arena, " %.*s", SLICE_ARGS(text)));
    }
    return true;
}

static bool declare_in_dsl(struct edit *edit, const struct item *boundary, enum kind kind,
                           struct slice id, struct slice label) {
    struct slice newline = newline_of(edit);
    struct slice text = text_format(edit->arena, "%s %.*s %.*s", kind_rows[kind].word,
                                    SLICE_ARGS(id), SLICE_ARGS(quoted_in_dsl(edit, label)));
    const struct item *last = last_of_kind(edit, kind);
    uint32_t end = edit_length(edit);
    if (boundary)
        return declare_inside(edit, boundary, text);
    if (last && is_rest_empty(edit, last->end)) {
        end = line_end(edit, last->end);
        add_change(edit, end, end,
                   text_format(edit->arena, "%.*s%.*s", SLICE_ARGS(newline), SLICE_ARGS(text)));
    } else {
        bool ends_line = !end || edit_char(edit, end - 1) == '\n';
        add_change(edit, end, end,
                   text_format(edit->arena, "%.*s%.*s%.*s",
                               SLICE_ARGS(ends_line ? SLICE("") : newline), SLICE_ARGS(text),
                               SLICE_ARGS(newline)));
    }
    return true;
}

static bool evidence_in_dsl(struct edit *edit, const struct item *declaration, struct slice fact,
                            struct slice place) {
    const struct item *evidence = find_evidence(declaration);
    struct slice quoted = quoted_in_dsl(edit, place);
    return evidence ? edit_spell(edit, evidence, fact, quoted)
                    : declare_inside(edit, declaration,
                                     text_format(edit->arena, "evidence { %.*s: %.*s }",
                                                 SLICE_ARGS(fact), SLICE_ARGS(quoted)));
}

/* Whole lines where it has them for itself, else with the semicolon that separates it. */
static bool remove_in_dsl(struct edit *edit, const struct block *block, const struct item *item) {
    uint32_t start = start_with_comments(edit, item), end = item->end;
    if (begins_line(edit, start) && is_rest_empty(edit, end)) {
        add_change(edit, line_start(edit, start), next_line(edit, end), SLICE(""));
        return true;
    }
    uint32_t rest = skip_blanks_at(edit, end);
    const struct item *before = NULL;
    for (const struct item *at = block->items; at && at != item; at = at->next)
        before = at;
    if (edit_char(edit, rest) == ';')
        add_change(edit, item->word.start, skip_blanks_at(edit, rest + 1), SLICE(""));
    else
        add_change(edit, before ? before->end : item->word.start, end, SLICE(""));
    return true;
}

bool edit_spell(struct edit *edit, const struct item *declaration, struct slice name,
                struct slice value) {
    const struct item *there = find_attribute(declaration, name);
    if (!there)
        return add_attribute_in_dsl(edit, declaration, name, value);
    add_change(edit, there->value->word.start, there->value->word.end, value);
    return true;
}

/* ---- either form ------------------------------------------------------------------------- */

bool edit_state(struct edit *edit, const struct item *declaration, struct slice name,
                struct slice value, bool adds) {
    return edit->is_yaml ? state_in_yaml(edit, declaration, name, &value, 1, adds)
                         : state_in_dsl(edit, declaration, name, value, adds);
}

bool edit_state_new(struct edit *edit, const struct item *declaration, struct slice name,
                    struct slice value) {
    return edit->is_yaml ? state_new_in_yaml(edit, declaration, name, value)
                         : add_attribute_in_dsl(edit, declaration, name, value);
}

bool edit_evidence(struct edit *edit, const struct item *declaration, struct slice fact,
                   struct slice place) {
    return edit->is_yaml ? evidence_in_yaml(edit, declaration, fact, place)
                         : evidence_in_dsl(edit, declaration, fact, place);
}

bool edit_add_values(struct edit *edit, const struct item *declaration, struct slice name,
                     const struct slice *values, size_t count) {
    if (edit->is_yaml)
        return state_in_yaml(edit, declaration, name, values, count, true);
    for (size_t i = 0; i < count; i++)
        if (!state_in_dsl(edit, declaration, name, values[i], true))
            return false;
    return true;
}

bool edit_declare(struct edit *edit, const struct item *boundary, enum kind kind, struct slice id,
                  struct slice label) {
    return edit->is_yaml ? declare_in_yaml(edit, boundary, kind, id, label)
                         : declare_in_dsl(edit, boundary, kind, id, label);
}

bool edit_word(struct edit *edit, struct span word, struct slice text) {
    return edit->is_yaml ? word_in_yaml(edit, word, text) : word_in_dsl(edit, word, text);
}

bool edit_remove(struct edit *edit, const struct block *block, const struct item *item) {
    return edit->is_yaml ? remove_in_yaml(edit, block, item) : remove_in_dsl(edit, block, item);
}

/* What is inserted where something is replaced stands before it. */
static int compare_changes(const void *a, const void *b) {
    const struct change *first = a, *second = b;
    if (first->span.start != second->span.start)
        return first->span.start < second->span.start ? -1 : 1;
    return (first->span.end > second->span.end) - (first->span.end < second->span.end);
}

void edit_sort(struct edit *edit) {
    if (edit->changes.count)
        qsort(edit->changes.items, edit->changes.count, sizeof *edit->changes.items,
              compare_changes);
}

struct slice edit_apply(struct edit *edit) {
    const struct source *source = edit->tree->source;
    struct memory_writer text;
    uint32_t at = 0;
    edit_sort(edit);
    memory_writer_open(&text, edit->arena);
    if (source->bom)
        write_string(&text.writer, "\xef\xbb\xbf");
    for (size_t i = 0; i < edit->changes.count; i++) {
        const struct change *change = &edit->changes.items[i];
        write_slice(&text.writer, source_slice(source, (struct span){at, change->span.start}));
        write_slice(&text.writer, change->text);
        at = change->span.end;
    }
    write_slice(&text.writer, slice_part(source->text, at, source->text.length));
    return memory_writer_close(&text);
}
