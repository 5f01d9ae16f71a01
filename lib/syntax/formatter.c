/* Each item is first tried on one line; only if that is too long, or a comment stands in it, it is
 * broken. Text is written as it stood in the source: escapes and quotes are the author's. */
// SPDX-License-Identifier: MIT
#include "syntax/formatter.h"

#include "syntax/builder.h"
#include "syntax/sort.h"

#define WIDTH 100
#define INDENT 2

struct formatter {
    struct arena *arena;
    struct writer *writer;
    const struct source *source;
    const char *newline;
};

static void write_newline(struct formatter *formatter, size_t level) {
    write_string(formatter->writer, formatter->newline);
    write_repeated(formatter->writer, ' ', level * INDENT);
}

/* Begins the next line, after an empty one if `blank`. */
static void start_line(struct formatter *formatter, bool blank, size_t level) {
    if (blank)
        write_newline(formatter, 0);
    write_newline(formatter, level);
}

/* Line breaks inside of a text are the source's, carriage returns and all. */
static void write_word(struct formatter *formatter, const struct word *word) {
    write_slice(formatter->writer, source_slice(formatter->source, word_span(word)));
}

/* Writes the comments before something that begins a line; the cursor stands where that begins. */
static void write_comments(struct formatter *formatter, const struct comment *comment,
                           bool blank_after, size_t level) {
    for (; comment; comment = comment->next) {
        write_slice(formatter->writer, comment->text);
        start_line(formatter, comment->next ? comment->next->blank_before : blank_after, level);
    }
}

static bool has_comments(const struct value *value) {
    if (around(value_remarks(value))->comments || around(value_remarks(value))->tail)
        return true;
    for (const struct value *item = value_items(value); item; item = item->next)
        if (has_comments(item))
            return true;
    return false;
}

static bool expr_has_comments(const struct expr *expr) {
    if (expr->comments || expr->tail || (expr->value && has_comments(expr->value)))
        return true;
    for (const struct expr *part = expr->parts; part; part = part->next)
        if (expr_has_comments(part))
            return true;
    return false;
}

static void write_value_flat(struct formatter *formatter, const struct value *value) {
    if (value->word.kind != VALUE_LIST) {
        write_word(formatter, &value->word);
        return;
    }
    write_char(formatter->writer, '[');
    for (const struct value *item = value_items(value); item; item = item->next) {
        write_value_flat(formatter, item);
        write_string(formatter->writer, item->next ? ", " : "");
    }
    write_char(formatter->writer, ']');
}

static void write_expr_flat(struct formatter *formatter, const struct expr *expr);

static void write_parts(struct formatter *formatter, const struct expr *expr, const char *joint) {
    for (const struct expr *part = expr->parts; part; part = part->next) {
        write_expr_flat(formatter, part);
        write_string(formatter->writer, part->next ? joint : "");
    }
}

static void write_test(struct formatter *formatter, const struct expr *expr) {
    static const char *const operators[] = {"", " is ", " is not ", " in ", " has "};
    write_word(formatter, &expr->word);
    write_string(formatter->writer, operators[expr->comparison]);
    if (expr->value)
        write_value_flat(formatter, expr->value);
}

static void write_expr_flat(struct formatter *formatter, const struct expr *expr) {
    if (expr->bracketed)
        write_string(formatter->writer, "( ");
    switch (expr->kind) {
    case EXPR_OR:
        write_parts(formatter, expr, " or ");
        break;
    case EXPR_AND:
        write_parts(formatter, expr, " and ");
        break;
    case EXPR_NOT:
        write_string(formatter->writer, "not ");
        write_parts(formatter, expr, "");
        break;
    case EXPR_QUANTIFIER:
        write_word(formatter, &expr->word);
        write_char(formatter->writer, ' ');
        write_word(formatter, &expr->range);
        write_string(formatter->writer, " ( ");
        write_parts(formatter, expr, "");
        write_string(formatter->writer, " )");
        break;
    case EXPR_TEST:
        write_test(formatter, expr);
        break;
    }
    if (expr->bracketed)
        write_string(formatter->writer, " )");
}

static bool spans_lines(const struct value *value) {
    if (value->word.kind == VALUE_TEXT)
        return true;
    for (const struct value *item = value_items(value); item; item = item->next)
        if (spans_lines(item))
            return true;
    return false;
}

static void write_item(struct formatter *formatter, const struct item *item, size_t level,
                       bool flat);

/* Whether nothing in the item needs a line of its own. */
static bool can_be_flat(const struct item *item) {
    if (item->kind == ITEM_ATTRIBUTE)
        return !has_comments(item->value) && !spans_lines(item->value);
    if (item->kind == ITEM_CONDITION)
        return !expr_has_comments(item->expr);
    const struct block *block = item_block(item);
    if (!block)
        return true;
    if (around(block->remarks)->trailing || around(block->remarks)->tail ||
        (block->items && !block->one_line))
        return false;
    for (const struct item *inner = block->items; inner; inner = inner->next)
        if (around(inner->remarks)->comments || around(inner->remarks)->trailing ||
            !can_be_flat(inner))
            return false;
    return true;
}

/* Whether it fits after `column`, written on one line. */
static bool fits(struct formatter *formatter, const struct item *item, const struct value *value,
                 size_t column) {
    struct memory_writer flat;
    struct formatter on_the_side = *formatter;
    memory_writer_open(&flat, formatter->arena);
    on_the_side.writer = &flat.writer;
    if (item)
        write_item(&on_the_side, item, 0, true);
    else
        write_value_flat(&on_the_side, value);
    return column + utf8_width(memory_writer_close(&flat)) <= WIDTH;
}

static void write_list(struct formatter *formatter, const struct value *list, size_t level);

static void write_value(struct formatter *formatter, const struct value *value, size_t level,
                        size_t column) {
    bool flat = value->word.kind != VALUE_LIST || (!has_comments(value) && !spans_lines(value) &&
                                                   fits(formatter, NULL, value, column));
    if (flat)
        write_value_flat(formatter, value);
    else
        write_list(formatter, value, level);
}

/* Writes a comment that stands after something on its line, if there is one. */
static const struct comment *write_after(struct formatter *formatter,
                                         const struct comment *comment) {
    if (!comment || !comment->same_line)
        return comment;
    write_char(formatter->writer, ' ');
    write_slice(formatter->writer, comment->text);
    return comment->next;
}

static void write_list(struct formatter *formatter, const struct value *list, size_t level) {
    write_char(formatter->writer, '[');
    for (const struct value *item = value_items(list); item; item = item->next) {
        const struct comment *comments =
            write_after(formatter, around(value_remarks(item))->comments);
        write_newline(formatter, level + 1);
        write_comments(formatter, comments, false, level + 1);
        write_value(formatter, item, level + 1, (level + 1) * INDENT);
        write_char(formatter->writer, ',');
    }
    const struct comment *tail = write_after(formatter, around(value_remarks(list))->tail);
    for (; tail; tail = tail->next) {
        write_newline(formatter, level + 1);
        write_slice(formatter->writer, tail->text);
    }
    write_newline(formatter, level);
    write_char(formatter->writer, ']');
}

/* Comments on the way through a condition, in order. */
struct comment_list {
    struct arena *arena;
    struct comment *first, **end;
};

static void gather(struct comment_list *list, const struct comment *comment) {
    for (; comment; comment = comment->next) {
        struct comment *copy = ARENA_NEW(list->arena, struct comment);
        *copy = *comment;
        copy->next = NULL;
        *list->end = copy;
        list->end = &copy->next;
    }
}

static void gather_from_value(struct comment_list *list, const struct value *value) {
    gather(list, around(value_remarks(value))->comments);
    for (const struct value *item = value_items(value); item; item = item->next)
        gather_from_value(list, item);
    gather(list, around(value_remarks(value))->tail);
}

static void gather_from_expr(struct comment_list *list, const struct expr *expr) {
    gather(list, expr->comments);
    for (const struct expr *part = expr->parts; part; part = part->next)
        gather_from_expr(list, part);
    if (expr->value)
        gather_from_value(list, expr->value);
}

/* Else its first comment stands somewhere inside. */
static bool begins_with_comment(const struct expr *expr) {
    while (!expr->comments && (expr->kind == EXPR_AND || expr->kind == EXPR_OR))
        expr = expr->parts;
    return expr->comments != NULL;
}

/* A condition that does not fit: one part a line, the joint before it. Comments inside of a part
 * stand before it. */
static void write_expr(struct formatter *formatter, const struct expr *expr, size_t level) {
    bool broken = (expr->kind == EXPR_OR || expr->kind == EXPR_AND) && !expr->bracketed;
    const char *joint = expr->kind == EXPR_OR ? "or " : "and ";
    for (const struct expr *part = broken ? expr->parts : expr; part;
         part = broken ? part->next : NULL) {
        struct comment_list inside = {.arena = formatter->arena};
        inside.end = &inside.first;
        gather_from_expr(&inside, part);
        const struct comment *comments = inside.first;
        if (begins_with_comment(part))
            comments = write_after(formatter, comments);
        write_newline(formatter, level);
        write_comments(formatter, comments, false, level);
        write_string(formatter->writer, broken && part != expr->parts ? joint : "");
        write_expr_flat(formatter, part);
    }
    const struct comment *tail = write_after(formatter, expr->tail);
    for (; tail; tail = tail->next) {
        write_newline(formatter, level);
        write_slice(formatter->writer, tail->text);
    }
}

static void write_block(struct formatter *formatter, const struct block *block, size_t level,
                        bool flat);
static void write_attribute(struct formatter *formatter, const struct item *item, size_t level) {
    write_word(formatter, &item->word);
    write_string(formatter->writer, ": ");
    size_t column = level * INDENT + word_text(&item->word).length + 2;
    write_value(formatter, item->value, level, column);
}

static void write_condition(struct formatter *formatter, const struct item *item, size_t level,
                            bool flat) {
    bool one_line = flat || (can_be_flat(item) && fits(formatter, item, NULL, level * INDENT));
    write_word(formatter, &item->word);
    write_string(formatter->writer, one_line ? " ( " : " (");
    if (one_line) {
        write_expr_flat(formatter, item->expr);
        write_string(formatter->writer, " )");
    } else {
        write_expr(formatter, item->expr, level + 1);
        write_newline(formatter, level);
        write_char(formatter->writer, ')');
    }
}

static void write_declaration(struct formatter *formatter, const struct item *item, size_t level,
                              bool flat) {
    bool label = item->head->label.end > item->head->label.start;
    if (word_text(&item->word).length)
        write_word(formatter, &item->word);
    if (word_text(&item->head->name).length) {
        write_char(formatter->writer, ' ');
        write_word(formatter, &item->head->name);
    }
    if (item->arrow) {
        write_string(formatter->writer, word_text(&item->word).length ? " = " : "");
        write_word(formatter, &ends_of(item->head)->from);
        write_string(formatter->writer, " -> ");
        write_word(formatter, &ends_of(item->head)->to);
        write_string(formatter->writer, label ? " :" : "");
    }
    if (label) {
        write_char(formatter->writer, ' ');
        write_word(formatter, &item->head->label);
    }
    if (word_text(alias_of(item->head)).length) {
        write_string(formatter->writer, " as ");
        write_word(formatter, alias_of(item->head));
    }
    if (item_block(item)) {
        write_char(formatter->writer, ' ');
        bool one_line = flat || (can_be_flat(item) && fits(formatter, item, NULL, level * INDENT));
        write_block(formatter, item_block(item), level, one_line);
    }
}

static void write_item(struct formatter *formatter, const struct item *item, size_t level,
                       bool flat) {
    if (item->kind == ITEM_ATTRIBUTE)
        write_attribute(formatter, item, level);
    else if (item->kind == ITEM_CONDITION)
        write_condition(formatter, item, level, flat);
    else
        write_declaration(formatter, item, level, flat);
}

/* One line each; the cursor stands at the end of the line before, or at the start of the file. */
static void write_items(struct formatter *formatter, const struct block *block, size_t level,
                        bool at_start) {
    for (const struct item *item = block->items; item; item = item->next) {
        bool blank = around(item->remarks)->comments ? around(item->remarks)->comments->blank_before
                                                     : item->blank_before;
        if (!at_start)
            start_line(formatter, blank && item != block->items, level);
        write_comments(formatter, around(item->remarks)->comments, item->blank_before, level);
        write_item(formatter, item, level, false);
        write_after(formatter, around(item->remarks)->trailing);
        at_start = false;
    }
    for (const struct comment *tail = around(block->remarks)->tail; tail; tail = tail->next) {
        bool first = !block->items && tail == around(block->remarks)->tail;
        if (!at_start)
            start_line(formatter, tail->blank_before && !first, level);
        write_slice(formatter->writer, tail->text);
        at_start = false;
    }
}

static void write_block(struct formatter *formatter, const struct block *block, size_t level,
                        bool flat) {
    bool empty =
        !block->items && !around(block->remarks)->trailing && !around(block->remarks)->tail;
    write_char(formatter->writer, '{');
    if (flat || empty) {
        for (const struct item *item = block->items; item; item = item->next) {
            write_char(formatter->writer, ' ');
            write_item(formatter, item, level, true);
            write_string(formatter->writer, item->next ? ";" : "");
        }
        write_string(formatter->writer, " }");
        return;
    }
    if (around(block->remarks)->trailing) {
        write_char(formatter->writer, ' ');
        write_slice(formatter->writer, around(block->remarks)->trailing->text);
    }
    write_items(formatter, block, level + 1, false);
    write_newline(formatter, level);
    write_char(formatter->writer, '}');
}

/* What a file is, its first declaration says: among others, decisions that change places could make
 * it another kind of file. */
static bool holds_only_decisions(const struct tree *tree) {
    if (file_kind_of(tree) != IN_TRIAGE)
        return false;
    for (const struct item *item = tree->file.items; item; item = item->next) {
        enum kind kind =
            item->kind == ITEM_DECLARATION ? kind_find(word_text(&item->word)) : KIND_COUNT;
        if (item->arrow || (kind != KIND_COUNT && kind_rows[kind].files != IN_TRIAGE))
            return false;
    }
    return true;
}

void format_tree(struct arena *arena, struct writer *writer, const struct tree *tree, bool sort) {
    struct formatter formatter = {arena, writer, tree->source, tree->source->crlf ? "\r\n" : "\n"};
    sort &= holds_only_decisions(tree);
    struct block file = sort ? sort_decisions(arena, &tree->file) : tree->file;
    if (tree->source->bom)
        write_string(writer, "\xef\xbb\xbf");
    write_items(&formatter, &file, 0, true);
    if (file.items || around(file.remarks)->tail)
        write_string(writer, formatter.newline);
}
