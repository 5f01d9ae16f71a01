/* The document as text for the terminal. What belongs to one block is gathered, and broken into
 * lines by display width at its end; what the user wrote never reaches the terminal as a command.
 */
// SPDX-License-Identifier: MIT
#include "emit/plain.h"

#include "emit/picture.h"

#define DEFAULT_WIDTH 80
#define LEAST_WIDTH 20

struct plain {
    struct writer *writer;
    struct arena *arena;
    size_t width;
    bool color, later;          /* later: a block precedes */
    struct memory_writer block; /* the text of the one that is open, a line break where one is */
    size_t item;                /* the number of the next one; 0 in a list without numbers */
    bool in_tasks;              /* items can be checked off */
    size_t cells;               /* of the row under way */
};

static struct plain *plain_of(struct document *document) {
    return document->context;
}

static struct writer *block_of(struct document *document) {
    return &plain_of(document)->block.writer;
}

static void open_block(struct plain *plain) {
    memory_writer_open(&plain->block, plain->arena);
}

/* Writes the gathered text after `mark`; further lines begin below where the first one did. */
static void close_block(struct plain *plain, const char *mark, const char *style) {
    struct slice rest = memory_writer_close(&plain->block), part, line;
    size_t indent = strlen(mark);
    bool first = true, styled = plain->color && *style;
    while (slice_cut(&rest, '\n', &part))
        for (part = slice_trim(part); wrap_next(&part, plain->width - indent, &line);) {
            if (first)
                write_string(plain->writer, mark);
            else
                write_repeated(plain->writer, ' ', indent);
            if (styled)
                write_format(plain->writer, "\x1b[%sm", style);
            write_slice(plain->writer, line);
            write_string(plain->writer, styled ? "\x1b[0m\n" : "\n");
            first = false;
        }
}

static void begin_block(struct plain *plain) {
    if (plain->later)
        write_char(plain->writer, '\n');
    plain->later = true;
    open_block(plain);
}

static void open_plain_heading(struct document *document, unsigned level) {
    (void)level;
    begin_block(plain_of(document));
}

static void open_plain_table(struct document *document, struct columns columns) {
    (void)document, (void)columns;
}

static void open_plain_link(struct document *document, bool to_anchor, struct slice target) {
    (void)document, (void)to_anchor, (void)target;
}

/* Nothing can be opened in a terminal, so all of it is shown. */
static void open_plain_fold(struct document *document, const char *title) {
    begin_block(plain_of(document));
    write_string(block_of(document), title);
    close_block(plain_of(document), "", "");
}

static void open_plain(struct document *document, enum document_part part) {
    struct plain *plain = plain_of(document);
    if (part == PART_PARAGRAPH || part == PART_VERBATIM)
        begin_block(plain);
    else if (part == PART_ITEM || part == PART_ROW)
        open_block(plain);
    else if (part == PART_STEPS)
        plain->item = 1;
    else if (part == PART_TASKS)
        plain->in_tasks = true;
    plain->cells = 0;
}

static void close_item(struct plain *plain) {
    char mark[32] = "- ";
    if (plain->in_tasks)
        memcpy(mark, "- [ ] ", sizeof "- [ ] ");
    if (plain->item) {
        struct slice number = text_format(plain->arena, "%zu. ", plain->item++);
        memcpy(mark, number.at, number.length < sizeof mark ? number.length + 1 : 0);
    }
    close_block(plain, mark, "");
}

static void close_plain(struct document *document, enum document_part part) {
    struct plain *plain = plain_of(document);
    if (part == PART_HEADING)
        close_block(plain, "", "1");
    else if (part == PART_PARAGRAPH || part == PART_VERBATIM || part == PART_ROW)
        close_block(plain, "", "");
    else if (part == PART_ITEM)
        close_item(plain);
    else if (part == PART_STEPS)
        plain->item = 0;
    else if (part == PART_TASKS)
        plain->in_tasks = false;
}

static void next_plain_cell(struct document *document, size_t width) {
    (void)width;
    if (plain_of(document)->cells++)
        write_string(block_of(document), "  ");
}

static void write_plain_words(struct document *document, const char *words) {
    write_string(block_of(document), words);
}

static void write_plain_text(struct document *document, struct slice text) {
    write_terminal(block_of(document), text);
}

static void write_plain_anchor(struct document *document, struct slice name) {
    (void)document, (void)name;
}

static void write_plain_image(struct document *document, struct slice path, const char *instead) {
    write_string(block_of(document), instead);
    write_string(block_of(document), ": ");
    write_file_name(block_of(document), path);
}

static void break_plain_line(struct document *document) {
    write_char(block_of(document), '\n');
}

static const struct document_form plain_form = {
    .open_heading = open_plain_heading,
    .open_table = open_plain_table,
    .open_link = open_plain_link,
    .open_fold = open_plain_fold,
    .open = open_plain,
    .close = close_plain,
    .next_cell = next_plain_cell,
    .words = write_plain_words,
    .text = write_plain_text,
    .code = write_plain_text,
    .anchor = write_plain_anchor,
    .image = write_plain_image,
    .line_break = break_plain_line,
};

void write_as_plain(const struct emission *emission, document_content *content, const void *what) {
    size_t width = emission->options.width ? emission->options.width : DEFAULT_WIDTH;
    struct plain plain = {.writer = emission->writer,
                          .arena = emission->arena,
                          .width = width < LEAST_WIDTH ? LEAST_WIDTH : width,
                          .color = emission->options.color};
    struct document document = {&plain_form, &plain, emission};
    content(&document, what);
}
