/* Writes text without care for its looks; then that is read and formatted, so that only the
 * formatter knows house style. Only the lines of texts are indented here: the formatter leaves
 * those alone. */
// SPDX-License-Identifier: MIT
#include "syntax/write_dsl.h"

#include "diag/diag.h"
#include "model/kind.h"
#include "syntax/builder.h"
#include "syntax/formatter.h"
#include "syntax/lexer.h"
#include "syntax/nest.h"
#include "syntax/parser.h"
#include "syntax/quote.h"

#define INDENT 2
/* The most attributes that stand on the line of their declaration. */
#define FEW 3

struct dsl_writer {
    struct arena *arena;
    struct writer *writer;
    const char *newline;
    struct attribute_index attributes;
};

static void end_line(struct dsl_writer *dsl) {
    write_string(dsl->writer, dsl->newline);
}

static void write_comments(struct dsl_writer *dsl, const struct comment *comment) {
    for (; comment; comment = comment->next) {
        if (comment->blank_before)
            end_line(dsl);
        write_comment(dsl->writer, comment->text);
        end_line(dsl);
    }
}

static void write_comments_within(struct dsl_writer *dsl, const struct value *value) {
    write_comments(dsl, around(value_remarks(value))->comments);
    for (const struct value *item = value_items(value); item; item = item->next)
        write_comments_within(dsl, item);
}

static void write_trailing(struct dsl_writer *dsl, const struct comment *trailing) {
    if (trailing) {
        write_char(dsl->writer, ' ');
        write_comment(dsl->writer, trailing->text);
    }
    end_line(dsl);
}

/* ---- values ------------------------------------------------------------------------------ */

static void write_text(struct dsl_writer *dsl, struct slice text, size_t level) {
    struct slice line;
    write_string(dsl->writer, "\"\"\"");
    while (slice_cut(&text, '\n', &line)) {
        end_line(dsl);
        if (line.length)
            write_repeated(dsl->writer, ' ', (level + 1) * INDENT);
        write_slice(dsl->writer, line);
    }
    end_line(dsl);
    write_repeated(dsl->writer, ' ', (level + 1) * INDENT);
    write_string(dsl->writer, "\"\"\"");
}

static bool is_text(const struct value *value) {
    return value->word.kind == VALUE_TEXT && fits_dsl_text(word_text(&value->word)) &&
           slice_has(word_text(&value->word), '\n');
}

static void write_value(struct dsl_writer *dsl, const struct value *value, bool quoted,
                        size_t level) {
    if (value->word.kind == VALUE_LIST) {
        write_char(dsl->writer, '[');
        for (const struct value *item = value_items(value); item; item = item->next) {
            write_value(dsl, item, quoted, level);
            write_string(dsl->writer, item->next ? ", " : "");
        }
        write_char(dsl->writer, ']');
    } else if (is_text(value)) {
        write_text(dsl, word_text(&value->word), level);
    } else if (!quoted && fits_dsl_word(word_text(&value->word))) {
        write_slice(dsl->writer, word_text(&value->word));
    } else {
        write_dsl_string(dsl->writer, word_text(&value->word));
    }
}

/* ---- attributes -------------------------------------------------------------------------- */

/* Sentences stand in quotes even when they are one word. */
static bool is_quoted(const struct dsl_writer *dsl, struct slice name, enum kind kind) {
    enum attribute_id id = attribute_find(&dsl->attributes, name, kind);
    return id == ATTRIBUTE_COUNT || attribute_rows[id].type == TYPE_TEXT ||
           attribute_rows[id].type == TYPE_STRINGS;
}

static void write_attribute(struct dsl_writer *dsl, const struct item *item, bool quoted,
                            size_t level) {
    write_slice(dsl->writer, word_text(&item->word));
    write_string(dsl->writer, ": ");
    write_value(dsl, item->value, quoted, level);
}

static bool has_comments(const struct value *value) {
    bool found = around(value_remarks(value))->comments;
    for (const struct value *item = value_items(value); item; item = item->next)
        found |= has_comments(item);
    return found;
}

static bool needs_lines(const struct item *item) {
    return around(item->remarks)->comments || around(item->remarks)->trailing ||
           item->kind == ITEM_DECLARATION || has_comments(item->value) || is_text(item->value);
}

/* Whether the item is left out when its declaration stands in the block of its boundary. */
static bool is_left_out(const struct item *item, bool inside) {
    return inside && item->kind == ITEM_ATTRIBUTE && slice_is(word_text(&item->word), "in");
}

static bool is_flat(const struct item *item, bool inside) {
    size_t count = 0;
    for (const struct item *inner = item_block(item)->items; inner; inner = inner->next) {
        if (needs_lines(inner) || (inner->blank_before && inner != item_block(item)->items))
            return false;
        count += !is_left_out(inner, inside);
    }
    return count <= FEW && !around(item_block(item)->remarks)->tail;
}

static void write_lines(struct dsl_writer *dsl, const struct block *block, enum kind kind,
                        bool inside, size_t level) {
    for (const struct item *item = block->items; item; item = item->next) {
        if (item->blank_before && !around(item->remarks)->comments && item != block->items)
            end_line(dsl);
        write_comments(dsl, around(item->remarks)->comments);
        if (is_left_out(item, inside)) {
            write_comments(dsl, around(item->remarks)->trailing);
            continue;
        }
        if (item->kind == ITEM_DECLARATION) {
            write_slice(dsl->writer, word_text(&item->word));
            write_string(dsl->writer, " {");
            end_line(dsl);
            write_lines(dsl, item_block(item), KIND_COUNT, false, level + 1);
            write_char(dsl->writer, '}');
        } else {
            write_comments_within(dsl, item->value);
            bool quoted = kind == KIND_COUNT || is_quoted(dsl, word_text(&item->word), kind);
            write_attribute(dsl, item, quoted, level);
        }
        write_trailing(dsl, around(item->remarks)->trailing);
    }
    write_comments(dsl, around(block->remarks)->tail);
}

static void write_flat(struct dsl_writer *dsl, const struct block *block, enum kind kind,
                       bool inside) {
    const char *before = " ";
    for (const struct item *item = block->items; item; item = item->next) {
        if (is_left_out(item, inside))
            continue;
        write_string(dsl->writer, before);
        write_attribute(dsl, item, is_quoted(dsl, word_text(&item->word), kind), 0);
        before = "; ";
    }
    write_char(dsl->writer, ' ');
}

/* ---- declarations ------------------------------------------------------------------------ */

static enum kind kind_of(const struct item *item) {
    return item->arrow ? KIND_FLOW : kind_find(word_text(&item->word));
}

static bool has_label(const struct item *item) {
    return word_is_there(&item->head->label);
}

static void write_label(struct dsl_writer *dsl, const struct item *item) {
    if (has_label(item)) {
        write_char(dsl->writer, ' ');
        write_dsl_string(dsl->writer, word_text(&item->head->label));
    }
}

static void write_flow_head(struct dsl_writer *dsl, const struct item *item) {
    const struct head *head = item->head;
    if (!slice_equal(word_text(&head->name), derived_flow_id(dsl->arena, item)))
        write_format(dsl->writer, "flow %.*s = ", SLICE_ARGS(word_text(&head->name)));
    write_format(dsl->writer, "%.*s -> %.*s", SLICE_ARGS(word_text(&ends_of(head)->from)),
                 SLICE_ARGS(word_text(&ends_of(head)->to)));
    write_string(dsl->writer, has_label(item) ? " :" : "");
    write_label(dsl, item);
}

static void write_head(struct dsl_writer *dsl, const struct item *item) {
    if (item->arrow) {
        write_flow_head(dsl, item);
        return;
    }
    write_slice(dsl->writer, word_text(&item->word));
    if (word_text(&item->head->name).length)
        write_format(dsl->writer, " %.*s", SLICE_ARGS(word_text(&item->head->name)));
    write_label(dsl, item);
    if (word_text(alias_of(item->head)).length)
        write_format(dsl->writer, " as %.*s", SLICE_ARGS(word_text(alias_of(item->head))));
}

/* Whether its block says anything; `model` alone needs one to be a declaration. */
static bool has_block(const struct item *item, bool inside) {
    if (!item_block(item))
        return false;
    for (const struct item *inner = item_block(item)->items; inner; inner = inner->next)
        if (!is_left_out(inner, inside) || needs_lines(inner))
            return true;
    return around(item_block(item)->remarks)->tail ||
           (!item->arrow && !word_text(&item->head->name).length && !has_label(item));
}

static void write_declaration(struct dsl_writer *dsl, const struct nest_step *step, size_t level) {
    const struct item *item = step->item;
    write_head(dsl, item);
    if (has_block(item, step->inside)) {
        write_string(dsl->writer, " {");
        if (is_flat(item, step->inside)) {
            write_flat(dsl, item_block(item), kind_of(item), step->inside);
        } else {
            end_line(dsl);
            write_lines(dsl, item_block(item), kind_of(item), step->inside, level + 1);
        }
        write_char(dsl->writer, '}');
    }
    write_trailing(dsl, around(item->remarks)->trailing);
}

/* A boundary with declarations in it; comments at its end stand after those. */
static void write_opening(struct dsl_writer *dsl, const struct nest_step *step, size_t level) {
    struct block attributes = step->item->head->block;
    struct remarks without_tail = *around(attributes.remarks);
    without_tail.tail = NULL;
    attributes.remarks = &without_tail;
    write_head(dsl, step->item);
    write_string(dsl->writer, " {");
    end_line(dsl);
    write_lines(dsl, &attributes, KIND_BOUNDARY, step->inside, level + 1);
}

static void write_closing(struct dsl_writer *dsl, const struct item *boundary) {
    write_comments(dsl, around(boundary->head->block.remarks)->tail);
    write_char(dsl->writer, '}');
    write_trailing(dsl, around(boundary->remarks)->trailing);
}

/* An empty line before it, when there is one in YAML or the formatter's reader would miss one:
 * after a boundary's attributes, before a block of several declarations, between kinds. */
static bool wants_blank(const struct nest_step *before, const struct nest_step *step) {
    if (!before || step->action == NEST_LEAVE)
        return false;
    return (step->item->blank_before && !around(step->item->remarks)->comments) ||
           before->action != NEST_ITEM || step->action == NEST_ENTER ||
           kind_of(before->item) != kind_of(step->item);
}

static void write_step(struct dsl_writer *dsl, const struct nest_step *before,
                       const struct nest_step *step, size_t *level) {
    const struct comment *comments = around(step->item->remarks)->comments;
    if (step->action == NEST_LEAVE) {
        --*level;
        write_closing(dsl, step->item);
        return;
    }
    if (wants_blank(before, step))
        end_line(dsl);
    write_comments(dsl, comments);
    if (comments && step->item->blank_before)
        end_line(dsl);
    if (step->action == NEST_ENTER)
        write_opening(dsl, step, (*level)++);
    else
        write_declaration(dsl, step, *level);
}

static void write_steps(struct dsl_writer *dsl, const struct tree *tree) {
    struct nest_steps steps = nest(dsl->arena, tree);
    size_t level = 0;
    for (size_t i = 0; i < steps.count; i++) {
        const struct nest_step *before = i ? &steps.items[i - 1] : NULL, *step = &steps.items[i];
        write_step(dsl, before, step, &level);
    }
    write_comments(dsl, around(tree->file.remarks)->tail);
}

void write_dsl(struct arena *arena, struct writer *writer, const struct tree *tree) {
    struct memory_writer plain;
    struct dsl_writer *dsl = ARENA_NEW(arena, struct dsl_writer);
    memory_writer_open(&plain, arena);
    dsl->arena = arena;
    dsl->writer = &plain.writer;
    dsl->newline = tree->source->crlf ? "\r\n" : "\n";
    attribute_index_open(arena, &dsl->attributes);
    if (tree->source->bom)
        write_string(dsl->writer, "\xef\xbb\xbf");
    write_steps(dsl, tree);
    struct diagnostics none = {.arena = arena};
    struct source *source = source_new(arena, tree->source->path, memory_writer_close(&plain));
    format_tree(arena, writer, parse(&none, source), false);
}
