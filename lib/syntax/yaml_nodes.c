/* libyaml's marks count characters, our spans bytes: a cursor walks along with the events, which
 * come in order. Depth is limited here, before libyaml's own work grows with its square. */
// SPDX-License-Identifier: MIT
#include "syntax/yaml_nodes.h"

#include "syntax/yaml_causes.h"

#include <string.h>
#include <yaml.h>

struct yaml_reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct source *source;
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event;
    size_t character, byte; /* the cursor */
    unsigned depth, documents;
    bool failed, ended;
    struct yaml_node *free;
    struct arena_cleanup cleanup;
};

static bool is_continuation(char c) {
    return ((unsigned char)c & 0xc0) == 0x80;
}

static uint32_t offset_of(struct yaml_reader *reader, const yaml_mark_t *mark) {
    struct slice text = reader->source->text;
    if (reader->source->is_ascii) /* then characters are bytes */
        return (uint32_t)mark->index;
    while (reader->character < mark->index && reader->byte < text.length) {
        do
            reader->byte++;
        while (reader->byte < text.length && is_continuation(text.at[reader->byte]));
        reader->character++;
    }
    while (reader->character > mark->index && reader->byte) {
        do
            reader->byte--;
        while (reader->byte && is_continuation(text.at[reader->byte]));
        reader->character--;
    }
    return (uint32_t)reader->byte;
}

static struct span event_span(struct yaml_reader *reader) {
    uint32_t start = offset_of(reader, &reader->event.start_mark);
    return (struct span){start, offset_of(reader, &reader->event.end_mark)};
}

/* NULL after the first one: reading has ended there. */
static struct diagnostic *fail(struct yaml_reader *reader, enum diag_code code, struct span span,
                               const struct slice *args) {
    bool first = !reader->failed;
    reader->failed = true;
    return first ? diag_add(reader->diagnostics, code, reader->source, span, args) : NULL;
}

/* Reports characters that YAML forbids in files, which libyaml does not read. */
static void report_character(struct yaml_reader *reader) {
    uint32_t at = (uint32_t)reader->parser.problem_offset;
    fail(reader, DIAG_control_character, (struct span){at, at + 1},
         ARGS(text_format(reader->arena, "U+%04X", (unsigned)reader->parser.problem_value)));
}

static void report_syntax(struct yaml_reader *reader) {
    const yaml_parser_t *parser = &reader->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        arena_fail(reader->arena);
    if (parser->error == YAML_READER_ERROR) {
        report_character(reader);
        return;
    }
    uint32_t at = offset_of(reader, &parser->problem_mark);
    uint32_t context = parser->context ? offset_of(reader, &parser->context_mark) : at;
    if (at == reader->source->text.length) /* a text without an end is shown at its beginning */
        at = context;
    struct yaml_cause cause =
        find_yaml_cause(reader->arena, reader->source,
                        parser->problem ? parser->problem : "it cannot be read", at, context);
    struct diagnostic *added = fail(reader, DIAG_yaml_syntax, cause.span, ARGS(cause.problem));
    if (added && cause.hint.length)
        diag_hint(reader->diagnostics, added, "%.*s", SLICE_ARGS(cause.hint));
}

/* The next event is in reader->event; false at the end or after an error. */
static bool next_event(struct yaml_reader *reader) {
    if (reader->has_event)
        yaml_event_delete(&reader->event);
    reader->has_event = false;
    if (reader->failed)
        return false;
    if (!yaml_parser_parse(&reader->parser, &reader->event)) {
        report_syntax(reader);
        return false;
    }
    reader->has_event = true;
    return true;
}

static void refuse(struct yaml_reader *reader, const char *what) {
    fail(reader, DIAG_yaml_not_taken, event_span(reader), ARGS(slice_of(what)));
}

static void check_decorations(struct yaml_reader *reader, const yaml_char_t *anchor,
                              const yaml_char_t *tag) {
    if (anchor)
        refuse(reader, "an anchor");
    else if (tag)
        refuse(reader, "a tag");
}

static struct yaml_node *read_node(struct yaml_reader *reader, bool whole);

/* A block scalar ends after its last line that is not empty, and not where the next node begins. */
static uint32_t end_of_lines(const struct yaml_reader *reader, struct span span) {
    const char *text = reader->source->text.at;
    while (span.end > span.start + 1 && strchr(" \r\n", text[span.end - 1]))
        span.end--;
    return span.end;
}

/* The part of the source that says just this, or a copy: a scalar with escapes, or of several
 * lines. */
static struct slice keep_text(struct yaml_reader *reader, const struct yaml_node *node,
                              struct slice text) {
    struct slice raw = source_slice(reader->source, node->span);
    if (!node->plain && raw.length >= 2)
        raw = slice_part(raw, 1, raw.length - 2);
    if (slice_equal(raw, text))
        return raw;
    if (slice_has(text, '\0')) /* by an escape: the source itself has none */
        refuse(reader, "the character U+0000");
    return slice_copy(reader->arena, text);
}

static void read_scalar(struct yaml_reader *reader, struct yaml_node *node) {
    yaml_scalar_style_t style = reader->event.data.scalar.style;
    struct slice text = {(const char *)reader->event.data.scalar.value,
                         reader->event.data.scalar.length};
    node->plain = style == YAML_PLAIN_SCALAR_STYLE;
    node->block = style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
    if (node->block && slice_ends(text, "\n"))
        text.length--; /* the line break that ends its last line */
    node->text = keep_text(reader, node, text);
    if (node->block)
        node->span.end = end_of_lines(reader, node->span);
    check_decorations(reader, reader->event.data.scalar.anchor, reader->event.data.scalar.tag);
    node->cut = reader->failed;
}

static void read_children(struct yaml_reader *reader, struct yaml_node *node,
                          yaml_event_type_t end) {
    struct yaml_node **last = &node->first;
    if (++reader->depth > NESTING_LIMIT)
        fail(reader, DIAG_too_deep, node->span,
             ARGS(text_format(reader->arena, "%d", NESTING_LIMIT)));
    while (next_event(reader) && reader->event.type != end) {
        *last = read_node(reader, true);
        if (!*last)
            break;
        last = &(*last)->next;
    }
    reader->depth--;
    node->cut = reader->failed;
}

static struct yaml_node *new_node(struct yaml_reader *reader) {
    struct yaml_node *node = reader->free;
    arena_step(reader->arena);
    if (!node)
        return ARENA_NEW(reader->arena, struct yaml_node);
    reader->free = node->next;
    *node = (struct yaml_node){0};
    return node;
}

void release_yaml(struct yaml_reader *reader, struct yaml_node *node) {
    for (struct yaml_node *next; node; node = next) {
        next = node->next;
        release_yaml(reader, node->first);
        node->next = reader->free;
        reader->free = node;
    }
}

/* The node of the current event; NULL when the event begins no node. */
static struct yaml_node *read_node(struct yaml_reader *reader, bool whole) {
    struct yaml_node *node = new_node(reader);
    node->span = event_span(reader);
    switch (reader->event.type) {
    case YAML_SCALAR_EVENT:
        node->kind = YAML_NODE_SCALAR;
        read_scalar(reader, node);
        return node;
    case YAML_SEQUENCE_START_EVENT:
        node->kind = YAML_NODE_LIST;
        check_decorations(reader, reader->event.data.sequence_start.anchor,
                          reader->event.data.sequence_start.tag);
        read_children(reader, node, YAML_SEQUENCE_END_EVENT);
        return node;
    case YAML_MAPPING_START_EVENT:
        node->kind = YAML_NODE_MAP;
        check_decorations(reader, reader->event.data.mapping_start.anchor,
                          reader->event.data.mapping_start.tag);
        if (whole)
            read_children(reader, node, YAML_MAPPING_END_EVENT);
        else
            reader->depth++;
        return node;
    case YAML_ALIAS_EVENT:
        refuse(reader, "an alias");
        return NULL;
    default:
        return NULL;
    }
}

static void check_document(struct yaml_reader *reader) {
    const yaml_event_t *event = &reader->event;
    if (reader->documents++)
        refuse(reader, "a second document");
    else if (event->data.document_start.tag_directives.start !=
             event->data.document_start.tag_directives.end)
        refuse(reader, "a tag directive");
}

/* To the next event that is about a node; false at the end of the file or after an error. */
static bool next_node_event(struct yaml_reader *reader) {
    while (!reader->ended && next_event(reader)) {
        if (reader->event.type == YAML_STREAM_END_EVENT)
            reader->ended = true;
        else if (reader->event.type == YAML_DOCUMENT_START_EVENT)
            check_document(reader);
        else if (reader->event.type != YAML_STREAM_START_EVENT &&
                 reader->event.type != YAML_DOCUMENT_END_EVENT)
            return true;
    }
    return false;
}

struct yaml_node *read_yaml(struct yaml_reader *reader, bool whole) {
    if (!next_node_event(reader))
        return NULL;
    if (reader->event.type == YAML_MAPPING_END_EVENT) {
        reader->depth--;
        return NULL;
    }
    return read_node(reader, whole);
}

/* Also when memory ends in the middle: libyaml's is not the arena's. */
static void clean_up(void *context) {
    struct yaml_reader *reader = context;
    if (reader->has_event)
        yaml_event_delete(&reader->event);
    yaml_parser_delete(&reader->parser);
}

struct yaml_reader *open_yaml(struct diagnostics *diagnostics, struct source *source) {
    struct yaml_reader *reader = ARENA_NEW(diagnostics->arena, struct yaml_reader);
    reader->arena = diagnostics->arena;
    reader->diagnostics = diagnostics;
    reader->source = source;
    if (!yaml_parser_initialize(&reader->parser))
        arena_fail(reader->arena);
    reader->cleanup = (struct arena_cleanup){.run = clean_up, .context = reader};
    arena_defer(reader->arena, &reader->cleanup);
    yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader->parser, (const unsigned char *)source->text.at,
                                 source->text.length);
    return reader;
}

bool close_yaml(struct yaml_reader *reader) {
    while (next_node_event(reader))
        ;
    arena_run_deferred(reader->arena, &reader->cleanup);
    return !reader->failed;
}
