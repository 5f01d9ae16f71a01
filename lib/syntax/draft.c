/* Texts are written without care for their looks and then formatted, so that only the formatter
 * knows house style. */
// SPDX-License-Identifier: MIT
#include "syntax/draft.h"

#include "diag/diag.h"
#include "syntax/edit_text.h"
#include "syntax/formatter.h"
#include "syntax/parser.h"
#include "syntax/quote.h"

/* ---- values ------------------------------------------------------------------------------ */

/* Text of several lines stands between """, which the formatter leaves alone: its lines are
 * indented as those of an attribute on the outermost level. */
static void write_text(struct writer *writer, struct slice text) {
    struct slice line;
    write_string(writer, "\"\"\"");
    while (slice_cut(&text, '\n', &line)) {
        write_string(writer, line.length ? "\n    " : "\n");
        write_slice(writer, line);
    }
    write_string(writer, "\n    \"\"\"");
}

/* A line break at its end would be lost. */
static bool is_text(struct slice value) {
    return slice_has(value, '\n') && value.at[value.length - 1] != '\n' && fits_dsl_text(value);
}

static void write_value(struct writer *writer, enum attribute_type type, struct slice value) {
    bool is_sentence = type == TYPE_TEXT || type == TYPE_STRINGS;
    if (type == TYPE_TEXT && is_text(value))
        write_text(writer, value);
    else if (!is_sentence && fits_dsl_word(value))
        write_slice(writer, value);
    else
        write_dsl_string(writer, value);
}

/* One row or pattern stands alone, as it mostly is one. */
static bool is_list(const struct statement *statement) {
    enum attribute_type type = attribute_rows[statement->id].type;
    return attribute_takes_list(type) && (statement->count != 1 || type != TYPE_ROWS);
}

static void write_values(struct writer *writer, const struct statement *statement) {
    bool list = is_list(statement);
    write_string(writer, list ? "[" : "");
    for (size_t i = 0; i < statement->count; i++) {
        write_string(writer, i ? ", " : "");
        write_value(writer, attribute_rows[statement->id].type, statement->values[i]);
    }
    write_string(writer, list ? "]" : "");
}

struct slice spell_values(struct arena *arena, const struct statement *statement) {
    struct memory_writer text;
    memory_writer_open(&text, arena);
    write_values(&text.writer, statement);
    return memory_writer_close(&text);
}

/* ---- a new one --------------------------------------------------------------------------- */

static void write_draft(struct writer *writer, const struct draft *draft) {
    write_string(writer, kind_rows[draft->kind].word);
    if (draft->id.length)
        write_format(writer, " %.*s", SLICE_ARGS(draft->id));
    if (draft->label.length) {
        write_char(writer, ' ');
        write_dsl_string(writer, draft->label);
    }
    write_string(writer, " {\n");
    for (size_t i = 0; i < draft->count; i++) {
        const struct statement *statement = &draft->statements[i];
        write_format(writer, "  %s: ", attribute_rows[statement->id].name);
        write_values(writer, statement);
        write_char(writer, '\n');
    }
    write_string(writer, "}\n");
}

static const struct tree *read_text(struct diagnostics *problems, struct slice text, bool crlf) {
    struct source *source = source_new(problems->arena, SLICE("draft"), text);
    source->crlf = crlf;
    return parse(problems, source);
}

/* Without the line break at its end. What cannot be read, such as a list that is too long, stays as
 * it is, for whoever reports that. */
static struct slice format(struct arena *arena, const struct tree *tree) {
    struct slice formatted = tree->source->text;
    struct memory_writer text;
    if (!tree->damaged && !tree->truncated) {
        memory_writer_open(&text, arena);
        format_tree(arena, &text.writer, tree, false);
        formatted = memory_writer_close(&text);
    }
    size_t end = formatted.length;
    while (end && (formatted.at[end - 1] == '\n' || formatted.at[end - 1] == '\r'))
        end--;
    return slice_part(formatted, 0, end);
}

struct slice draft_text(struct diagnostics *problems, const struct draft *draft,
                        const struct tree **tree) {
    struct memory_writer text;
    memory_writer_open(&text, problems->arena);
    write_draft(&text.writer, draft);
    *tree = read_text(problems, memory_writer_close(&text), false);
    return format(problems->arena, *tree);
}

/* ---- one that is there ------------------------------------------------------------------- */

/* Only the lines that differ: from the first to the last of them. */
static void add_difference(struct edit *edit, uint32_t start, struct slice was, struct slice is) {
    size_t head = 0, tail = 0;
    while (head < was.length && head < is.length && was.at[head] == is.at[head])
        head++;
    while (head && was.at[head - 1] != '\n')
        head--;
    while (tail < was.length - head && tail < is.length - head &&
           was.at[was.length - 1 - tail] == is.at[is.length - 1 - tail])
        tail++;
    while (tail && was.at[was.length - tail - 1] != '\n')
        tail--;
    if (was.length - tail > head || is.length - tail > head)
        add_change(edit, start + (uint32_t)head, start + (uint32_t)(was.length - tail),
                   slice_part(is, head, is.length - tail - head));
}

/* In place of the one that is there, or after the id. */
void edit_label(struct edit *edit, const struct item *item, struct slice label) {
    bool is_there = word_is_there(&item->head->label);
    struct span span = word_span(is_there ? &item->head->label : &item->head->name);
    struct memory_writer text;
    memory_writer_open(&text, edit->arena);
    write_string(&text.writer, is_there ? "" : " ");
    write_dsl_string(&text.writer, label);
    add_change(edit, is_there ? span.start : span.end, span.end, memory_writer_close(&text));
}

static bool edit_list_statement(struct edit *edit, const struct item *item,
                                const struct statement *statement) {
    const struct attribute_row *row = &attribute_rows[statement->id];
    struct spelled_value *values = ARENA_ARRAY(edit->arena, struct spelled_value, statement->count);
    for (size_t i = 0; i < statement->count; i++) {
        struct memory_writer text;
        memory_writer_open(&text, edit->arena);
        write_value(&text.writer, row->type, statement->values[i]);
        values[i] = (struct spelled_value){statement->values[i], memory_writer_close(&text)};
    }
    return edit_list(edit, item, slice_of(row->name), values, statement->count);
}

/* A list loses and gets single values; one that ends as one row without brackets is written anew,
 * unless somebody has written about it. */
static bool edit_statement(struct edit *edit, const struct item *item,
                           const struct statement *statement) {
    struct slice name = slice_of(attribute_rows[statement->id].name);
    const struct item *there = find_attribute(item, name);
    bool stays_list = is_list(statement) || (there && list_has_comments(there->value));
    return (stays_list && edit_list_statement(edit, item, statement)) ||
           edit_spell(edit, item, name, spell_values(edit->arena, statement));
}

bool edit_declaration(struct edit *edit, const struct item *item, const struct draft *draft) {
    struct slice was = source_slice(edit->tree->source, item_span(item));
    bool crlf = edit->tree->source->crlf;
    struct diagnostics none = {.arena = edit->arena};
    const struct tree *alone = read_text(&none, was, crlf);
    struct edit inside = edit_of(edit->arena, alone);
    bool in_style = slice_equal(format(edit->arena, alone), was), fine = alone->file.items != NULL;
    for (size_t i = 0; fine && i < draft->count; i++)
        if (draft->statements[i].count)
            fine = edit_statement(&inside, alone->file.items, &draft->statements[i]);
    if (!fine)
        return false;
    if (draft->id.length)
        edit_word(&inside, word_span(&alone->file.items->head->name), draft->id);
    if (draft->label.length)
        edit_label(&inside, alone->file.items, draft->label);
    struct slice is = edit_apply(&inside);
    if (in_style)
        is = format(edit->arena, read_text(&none, is, crlf));
    add_difference(edit, item->word.start, was, is);
    return true;
}
