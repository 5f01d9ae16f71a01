/* The document as Markdown. An empty line stands between two blocks, which is why a block begins
 * with it and none ends with one. */
// SPDX-License-Identifier: MIT
#include "emit/markdown.h"

#include "emit/document_words.h"

struct markdown {
    struct writer *writer;
    bool later;   /* a block precedes */
    bool in_item; /* a list's, not a table's */
    bool in_verbatim, in_tasks;
    size_t item;         /* the number of the next one; 0 in a list without numbers */
    size_t cell;         /* columns that the open cell takes; 0: none is open */
    size_t wide, column; /* columns before those of marks; of the open cell, from 1 */
    struct slice target; /* of the open link */
    bool to_anchor;
};

static struct markdown *markdown_of(struct document *document) {
    return document->context;
}

static void begin_block(struct markdown *markdown) {
    if (markdown->later)
        write_char(markdown->writer, '\n');
    markdown->later = true;
}

static void open_markdown_heading(struct document *document, unsigned level) {
    struct markdown *markdown = markdown_of(document);
    begin_block(markdown);
    write_repeated(markdown->writer, '#', level);
    write_char(markdown->writer, ' ');
}

static void open_markdown_table(struct document *document, struct columns columns) {
    struct markdown *markdown = markdown_of(document);
    struct writer *writer = markdown->writer;
    begin_block(markdown);
    markdown->wide = columns.count - columns.marks;
    write_char(writer, '|');
    for (size_t i = 0; i < columns.count; i++)
        write_format(writer, *columns.titles[i] ? " %s |" : "%s |", columns.titles[i]);
    write_string(writer, "\n|");
    for (size_t i = 0; i < columns.count; i++)
        write_string(writer, i < columns.count - columns.marks ? "---|" : ":-:|");
    write_char(writer, '\n');
}

static void open_markdown_item(struct markdown *markdown) {
    if (markdown->item)
        write_format(markdown->writer, "%zu. ", markdown->item++);
    else
        write_string(markdown->writer, markdown->in_tasks ? "- [ ] " : "- ");
    markdown->in_item = true;
}

static void open_markdown(struct document *document, enum document_part part) {
    struct markdown *markdown = markdown_of(document);
    switch (part) {
    case PART_PARAGRAPH:
    case PART_LIST:
        begin_block(markdown);
        break;
    case PART_STEPS:
        begin_block(markdown);
        markdown->item = 1;
        break;
    case PART_TASKS:
        begin_block(markdown);
        markdown->in_tasks = true;
        break;
    case PART_ITEM:
        open_markdown_item(markdown);
        break;
    case PART_VERBATIM:
        begin_block(markdown);
        write_string(markdown->writer, "```text\n");
        markdown->in_verbatim = true;
        break;
    case PART_ROW:
        write_char(markdown->writer, '|');
        markdown->column = 0;
        break;
    case PART_STRONG:
        write_string(markdown->writer, "**");
        break;
    case PART_EMPHASIS:
        write_char(markdown->writer, '*');
        break;
    case PART_HEADING:
    case PART_TABLE:
    case PART_LINK:
    case PART_FOLD:
        break; /* each has a function of its own */
    }
}

/* A mark stands without blanks around it: many of them are read in a row. */
static void write_blank_of_cell(struct markdown *markdown) {
    if (markdown->column <= markdown->wide)
        write_char(markdown->writer, ' ');
}

/* Further columns that the cell takes are empty. */
static void end_cell(struct markdown *markdown) {
    for (; markdown->cell; markdown->cell--) {
        write_blank_of_cell(markdown);
        write_char(markdown->writer, '|');
    }
}

static void close_markdown_link(struct markdown *markdown) {
    write_string(markdown->writer, markdown->to_anchor ? "](#" : "](");
    write_slice(markdown->writer, markdown->target);
    write_char(markdown->writer, ')');
}

static void close_markdown(struct document *document, enum document_part part) {
    struct markdown *markdown = markdown_of(document);
    switch (part) {
    case PART_HEADING:
    case PART_PARAGRAPH:
        write_char(markdown->writer, '\n');
        break;
    case PART_ITEM:
        write_char(markdown->writer, '\n');
        markdown->in_item = false;
        break;
    case PART_STEPS:
        markdown->item = 0;
        break;
    case PART_TASKS:
        markdown->in_tasks = false;
        break;
    case PART_VERBATIM:
        write_string(markdown->writer, "```\n");
        markdown->in_verbatim = false;
        break;
    case PART_ROW:
        end_cell(markdown);
        write_char(markdown->writer, '\n');
        break;
    case PART_STRONG:
        write_string(markdown->writer, "**");
        break;
    case PART_EMPHASIS:
        write_char(markdown->writer, '*');
        break;
    case PART_LINK:
        close_markdown_link(markdown);
        break;
    case PART_FOLD:
        write_string(markdown->writer, "\n</details>\n");
        break;
    case PART_LIST:
    case PART_TABLE:
        break;
    }
}

static void open_markdown_link(struct document *document, bool to_anchor, struct slice target) {
    struct markdown *markdown = markdown_of(document);
    write_char(markdown->writer, '[');
    markdown->to_anchor = to_anchor;
    markdown->target = target;
}

/* The empty line behind the title is what makes a reader of Markdown read on. */
static void open_markdown_fold(struct document *document, const char *title) {
    struct markdown *markdown = markdown_of(document);
    begin_block(markdown);
    write_format(markdown->writer, "<details><summary>%s</summary>\n", title);
}

static void next_markdown_cell(struct document *document, size_t width) {
    struct markdown *markdown = markdown_of(document);
    end_cell(markdown);
    markdown->cell = width;
    markdown->column += width;
    write_blank_of_cell(markdown);
}

/* No words of the document have a character that Markdown would read. */
static void write_markdown_words(struct document *document, const char *words) {
    write_string(markdown_of(document)->writer, words);
}

static void write_markdown_part(struct document *document, struct slice text) {
    struct markdown *markdown = markdown_of(document);
    if (markdown->in_verbatim)
        write_terminal(markdown->writer, text);
    else
        write_markdown(markdown->writer, text);
}

static void write_markdown_span(struct document *document, struct slice code) {
    write_markdown_code(markdown_of(document)->writer, code);
}

static void write_markdown_anchor(struct document *document, struct slice name) {
    write_format(markdown_of(document)->writer, "<a id=\"%.*s\"></a>", SLICE_ARGS(name));
}

/* A relative link: everything that is not plain in a path is percent-encoded. */
static void write_path(struct writer *writer, struct slice path) {
    struct slice plain =
        SLICE("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./");
    for (size_t i = 0; i < path.length; i++) {
        unsigned char byte = (unsigned char)path.at[i];
        if (slice_has(plain, (char)byte))
            write_char(writer, (char)byte);
        else
            write_percent(writer, byte);
    }
}

static void write_markdown_image(struct document *document, struct slice path,
                                 const char *instead) {
    struct writer *writer = markdown_of(document)->writer;
    write_format(writer, "![%s](", instead);
    write_path(writer, path);
    write_char(writer, ')');
}

/* A table's row is one line, and what belongs to an item is indented. */
static void break_markdown_line(struct document *document) {
    struct markdown *markdown = markdown_of(document);
    write_string(markdown->writer, "<br>");
    if (!markdown->cell)
        write_string(markdown->writer, markdown->in_item ? "\n  " : "\n");
}

static const struct document_form markdown_form = {
    .open_heading = open_markdown_heading,
    .open_table = open_markdown_table,
    .open_link = open_markdown_link,
    .open_fold = open_markdown_fold,
    .open = open_markdown,
    .close = close_markdown,
    .next_cell = next_markdown_cell,
    .words = write_markdown_words,
    .text = write_markdown_part,
    .code = write_markdown_span,
    .anchor = write_markdown_anchor,
    .image = write_markdown_image,
    .line_break = break_markdown_line,
};

void write_as_markdown(const struct emission *emission, document_content *content,
                       const void *what) {
    struct markdown markdown = {.writer = emission->writer};
    struct document document = {&markdown_form, &markdown, emission};
    content(&document, what);
}

static void write_model_document(struct document *document, const void *unused) {
    (void)unused;
    write_document(document);
}

bool emit_markdown(struct emission *emission) {
    write_as_markdown(emission, write_model_document, NULL);
    return true;
}
