/* file    = { SECTION ":" ( { ID ":" declaration } | declaration (of model)
 *             | { ALIAS ":" PATH } (of imports) ) } .
 * declaration = nothing | LABEL | { ATTRIBUTE ":" value | "label" ":" STRING
 *             | "from" ":" ID | "to" ":" ID (of flows) | "id" ":" ID (of model)
 *             | "evidence" ":" { FACT ":" PLACE } } .
 * Comments are in the text that libyaml skips between two scalars: one after something on its line
 * belongs to that, one that is indented deeper than the declaration before it to the end of that,
 * any other to what follows. */
// SPDX-License-Identifier: MIT
#include "syntax/yaml.h"

#include "model/kind.h"
#include "syntax/lexer.h"
#include "syntax/parser.h"
#include "syntax/synonyms.h"
#include "syntax/yaml_hints.h"
#include "syntax/yaml_nodes.h"

#include <string.h>

struct yaml_parser {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct source *source;
    struct tree *tree;
    struct attribute_index attributes;
    struct yaml_hints hints;
    struct slice empty_section; /* the section before, if nothing stands in it */
    struct yaml_reader *reader;
    uint32_t passed;               /* the end of the last scalar */
    struct comment *comments;      /* skipped over, and not yet given to an item */
    struct comment **comments_end; /* where the next one is added */
    struct comment **trailing_end; /* likewise, of those after `last`; NULL: none yet */
    bool blank;                    /* an empty line was passed over after them */
    struct item *last;             /* the item that a comment after it on its line belongs to */
    struct item *declaration;      /* the last one */
    const struct item *fallen_out; /* whose attributes stand after it instead of inside */
    uint32_t key;                  /* where its key begins */
    struct item **end;             /* of the file's items */
};

/* ---- messages ---------------------------------------------------------------------------- */

static struct diagnostic *report(struct yaml_parser *parser, enum diag_code code, struct span span,
                                 const struct slice *args) {
    parser->tree->damaged = true;
    return diag_add(parser->diagnostics, code, parser->source, span, args);
}

static struct diagnostic *report_shape(struct yaml_parser *parser, const struct yaml_node *node,
                                       const char *expected) {
    struct span span = node->span;
    if (node->kind != YAML_NODE_SCALAR)
        span.end = span.start + 1;
    return report(parser, DIAG_yaml_shape, span, ARGS(slice_of(expected)));
}

static void report_twice(struct yaml_parser *parser, const struct yaml_node *key,
                         struct span first) {
    struct diagnostic *added = report(parser, DIAG_duplicate_attribute, key->span, ARGS(key->text));
    diag_note(parser->diagnostics, added, parser->source, first, "it is stated here first");
}

/* ---- comments ---------------------------------------------------------------------------- */

static void add_comment(struct yaml_parser *parser, struct slice text, bool same_line) {
    struct comment *comment = ARENA_NEW(parser->arena, struct comment);
    comment->text = slice_trim(text);
    struct remarks *own =
        same_line && parser->last ? own_remarks(parser->arena, &parser->last->remarks) : NULL;
    if (own && !own->trailing) {
        comment->same_line = true;
        own->trailing = comment;
    } else if (own) {
        if (!parser->trailing_end)
            parser->trailing_end = &own->comments;
        while (*parser->trailing_end)
            parser->trailing_end = &(*parser->trailing_end)->next;
        *parser->trailing_end = comment;
    } else {
        comment->blank_before = parser->blank;
        parser->blank = false;
        *parser->comments_end = comment;
        parser->comments_end = &comment->next;
    }
}

/* Between most scalars are a ':' or an indented new line, which say nothing. */
static bool has_comment_or_lines(const char *text, uint32_t start, uint32_t end) {
    unsigned lines = 0;
    for (; start < end; start++) {
        if (text[start] == '#' || (text[start] == '\n' && ++lines > 1))
            return true;
    }
    return false;
}

/* Moves to `end`; comments on the way are kept for the next item. */
static void pass_to(struct yaml_parser *parser, uint32_t end) {
    const char *text = parser->source->text.at;
    uint32_t start = parser->passed;
    if (end - start == 2 && memcmp(text + start, ": ", 2) == 0) /* as nearly always */
        return;
    bool same_line = start > 0 && text[start - 1] != '\n';
    if (same_line && !has_comment_or_lines(text, start, end))
        return;
    while (start < end) {
        const char *newline = memchr(text + start, '\n', end - start);
        uint32_t line_end = newline ? (uint32_t)(newline - text) : end;
        const char *hash = memchr(text + start, '#', line_end - start);
        if (hash)
            add_comment(parser, (struct slice){hash, (size_t)(text + line_end - hash)}, same_line);
        else if (newline && !same_line)
            parser->blank |= !slice_trim((struct slice){text + start, line_end - start}).length;
        same_line = false;
        start = line_end + 1;
    }
}

/* Moves past a scalar. */
static void pass(struct yaml_parser *parser, const struct yaml_node *scalar) {
    if (scalar->span.start > parser->passed)
        pass_to(parser, scalar->span.start);
    parser->passed = scalar->span.end;
}

static struct comment *take_comments(struct yaml_parser *parser) {
    struct comment *comments = parser->comments;
    parser->comments = NULL;
    parser->comments_end = &parser->comments;
    return comments;
}

/* Gives the kept comments to the next item or value. */
static void keep_comments(struct yaml_parser *parser, struct remarks **remarks) {
    if (parser->comments)
        comments_append(&own_remarks(parser->arena, remarks)->comments, take_comments(parser));
}

static size_t column_of(const struct yaml_parser *parser, const char *at) {
    const char *start = at;
    while (start > parser->source->text.at && start[-1] != '\n')
        start--;
    return (size_t)(at - start);
}

/* Gives comments that are indented like the contents of a declaration to its end. */
static void end_declaration(struct yaml_parser *parser) {
    struct comment **end = &parser->comments;
    if (!parser->declaration || !*end)
        return;
    size_t column = column_of(parser, parser->source->text.at + parser->key);
    while (*end && column_of(parser, (*end)->text.at) > column)
        end = &(*end)->next;
    struct comment *rest = *end;
    *end = NULL;
    own_remarks(parser->arena, &item_block(parser->declaration)->remarks)->tail = parser->comments;
    parser->comments = rest;
    if (!rest)
        parser->comments_end = &parser->comments;
    parser->declaration = NULL;
}

/* The comment after the | of a block scalar, which is part of it for libyaml. */
static void take_header_comment(struct yaml_parser *parser, const struct yaml_node *scalar) {
    struct slice text = source_slice(parser->source, scalar->span), header;
    if (slice_cut(&text, '\n', &header) && slice_has(header, '#')) {
        const char *hash = memchr(header.at, '#', header.length);
        add_comment(parser, slice_part(header, (size_t)(hash - header.at), header.length), true);
    }
}

/* ---- values ------------------------------------------------------------------------------ */

static bool is_nothing(const struct yaml_node *node) {
    if (node->kind != YAML_NODE_SCALAR || !node->plain || node->text.length > 4)
        return false;
    return !node->text.length || slice_equal(node->text, SLICE("~")) ||
           slice_equal(node->text, SLICE("null")) || slice_equal(node->text, SLICE("Null")) ||
           slice_equal(node->text, SLICE("NULL"));
}

static struct word word_of(const struct yaml_parser *parser, const struct yaml_node *scalar) {
    return word_new(parser->arena, scalar->text, scalar->span);
}

/* A plain scalar of several lines, the last of which is a key: libyaml refuses the colon next, and
 * that is the message. */
static bool runs_into_key(const struct yaml_parser *parser, const struct yaml_node *node) {
    struct slice text = parser->source->text;
    uint32_t at = node->span.end;
    if (node->kind != YAML_NODE_SCALAR || !node->plain)
        return false;
    while (at < text.length && text.at[at] == ' ')
        at++;
    return at < text.length && text.at[at] == ':';
}

static struct value *make_list(struct yaml_parser *parser, const struct yaml_node *node);

/* The words and lists that the DSL has; NULL, and reported, for anything else. */
static struct value *make_value(struct yaml_parser *parser, const struct yaml_node *node) {
    if (node->cut || runs_into_key(parser, node))
        return NULL;
    if (node->kind == YAML_NODE_MAP || is_nothing(node)) {
        report_shape(parser, node, "a word, a string or a list");
        return NULL;
    }
    if (node->kind == YAML_NODE_LIST)
        return make_list(parser, node);
    struct word word = word_of(parser, node);
    pass(parser, node);
    struct remarks remarks = {.comments = take_comments(parser)};
    enum value_kind kind = is_word(node->text) ? VALUE_WORD
                           : node->block       ? VALUE_TEXT
                                               : VALUE_STRING;
    word.kind = kind & VALUE_KINDS;
    if (node->block)
        take_header_comment(parser, node);
    return value_new(parser->arena, word, remarks);
}

static struct value *make_list(struct yaml_parser *parser, const struct yaml_node *node) {
    struct value *items = NULL, **end = &items;
    for (const struct yaml_node *item = node->first; item; item = item->next) {
        *end = make_value(parser, item);
        if (!*end)
            return NULL;
        end = &(*end)->next;
    }
    uint32_t last = node->span.end < parser->passed ? parser->passed : node->span.end;
    struct word word = list_word((struct span){node->span.start, last}, items);
    return value_new(parser->arena, word, (struct remarks){0});
}

/* ---- attributes -------------------------------------------------------------------------- */

static struct item *new_item(struct yaml_parser *parser, enum item_kind kind,
                             const struct yaml_node *key) {
    struct item *item = ARENA_NEW(parser->arena, struct item);
    pass(parser, key);
    item->kind = (unsigned char)kind;
    keep_comments(parser, &item->remarks);
    item->blank_before = parser->blank;
    item->word = word_of(parser, key);
    item->end = key->span.end;
    parser->blank = false;
    parser->last = item;
    parser->trailing_end = NULL;
    return item;
}

/* False, and reported, when a key is no name. */
static bool check_key(struct yaml_parser *parser, const struct yaml_node *key) {
    if (key->kind != YAML_NODE_SCALAR) {
        report_shape(parser, key, "a name");
        return false;
    }
    bool merge = key->plain && slice_equal(key->text, SLICE("<<"));
    if (merge)
        report(parser, DIAG_yaml_not_taken, key->span, ARGS(SLICE("a merge key")));
    return !merge;
}

/* The next key of a map that is one; NULL at its end, or where reading stopped after a key. */
static const struct yaml_node *find_key(struct yaml_parser *parser, const struct yaml_node *key) {
    while (key && key->next && !check_key(parser, key))
        key = key->next->next;
    return key && key->next ? key : NULL;
}

static struct item *make_attribute(struct yaml_parser *parser, const struct yaml_node *key) {
    struct item *item = new_item(parser, ITEM_ATTRIBUTE, key);
    if (!is_nothing(key->next)) {
        item->value = make_value(parser, key->next);
        item->end = parser->passed;
    } else if (!report_key_without_blank(&parser->hints, key)) {
        report(parser, DIAG_expected_value, key->span, ARGS(key->text));
    }
    if (!item->value)
        item->kind = ITEM_BROKEN;
    return item;
}

/* evidence: { FACT: PLACE } */
static struct item *make_evidence(struct yaml_parser *parser, const struct yaml_node *key) {
    struct item *item = new_item(parser, ITEM_DECLARATION, key);
    item->head = ARENA_NEW(parser->arena, struct head);
    item->head->source = parser->source;
    add_block(item);
    if (key->next->kind != YAML_NODE_MAP) {
        report_shape(parser, key->next, "a map of facts and places");
        return NULL;
    }
    struct item **end = &item_block(item)->items;
    const struct yaml_node *fact = key->next->first;
    while ((fact = find_key(parser, fact))) {
        *end = make_attribute(parser, fact);
        end = &(*end)->next;
        fact = fact->next->next;
    }
    return item;
}

/* ---- declarations ------------------------------------------------------------------------ */

/* label, and the ends of a flow: they stand in the head of a declaration. NULL when the key is
 * none of them. */
static struct word *head_word(struct yaml_parser *parser, struct item *item, enum kind kind,
                              struct slice key) {
    if (slice_equal(key, SLICE("label")))
        return &item->head->label;
    if (kind == KIND_MODEL && slice_equal(key, SLICE("id")))
        return &item->head->name;
    if (kind == KIND_FLOW && slice_equal(key, SLICE("from")))
        return &own_ends(parser->arena, item->head)->from;
    if (kind == KIND_FLOW && slice_equal(key, SLICE("to")))
        return &own_ends(parser->arena, item->head)->to;
    return NULL;
}

static void take_head_word(struct yaml_parser *parser, struct item *item, struct word *word,
                           const struct yaml_node *key) {
    pass(parser, key);
    parser->last = item;
    parser->trailing_end = NULL;
    if (key->next->kind == YAML_NODE_LIST && word != &item->head->label) {
        item_block(item)->damaged = true;
        diag_hint(parser->diagnostics, report_shape(parser, key->next, "one id"),
                  "write a flow for each of them");
        return;
    }
    if (key->next->kind != YAML_NODE_SCALAR || is_nothing(key->next)) {
        item_block(item)->damaged = true;
        report(parser, DIAG_expected_value, key->span, ARGS(key->text));
        return;
    }
    if (word_text(word).at)
        report_twice(parser, key, word_span(word));
    pass(parser, key->next);
    keep_comments(parser, &item->remarks);
    parser->blank = false;
    *word = word_of(parser, key->next);
}

/* NULL when nothing of it can be kept. */
static struct item *make_inner(struct yaml_parser *parser, enum kind kind, struct slice owner,
                               const struct yaml_node *key, struct span *evidence) {
    if (report_nested(&parser->hints, kind, key, owner)) {
        parser->tree->damaged = true;
        return NULL;
    }
    if (!slice_equal(key->text, SLICE("evidence")))
        return make_attribute(parser, key);
    if (evidence->end) {
        report_twice(parser, key, *evidence);
        return NULL;
    }
    *evidence = key->span;
    return make_evidence(parser, key);
}

static void fill_declaration(struct yaml_parser *parser, struct item *item, enum kind kind,
                             const struct yaml_node *map) {
    struct item **end = &item_block(item)->items;
    struct span evidence = {0, 0};
    const struct yaml_node *key = map->first;
    for (; (key = find_key(parser, key)); key = key->next->next) {
        struct word *word = head_word(parser, item, kind, key->text);
        if (word) {
            take_head_word(parser, item, word, key);
            continue;
        }
        struct item *inner = make_inner(parser, kind, word_text(&item->head->name), key, &evidence);
        item_block(item)->damaged |= !inner || inner->kind == ITEM_BROKEN;
        *end = inner;
        if (inner)
            end = &inner->next;
    }
}

static void check_ends(struct yaml_parser *parser, const struct item *item) {
    const struct head *head = item->head;
    if ((word_text(&ends_of(head)->from).length && word_text(&ends_of(head)->to).length) ||
        item_block(item)->damaged || has_ends_by_other_names(&parser->hints, item))
        return;
    struct diagnostic *added =
        report(parser, DIAG_missing_end, word_span(&head->name),
               ARGS(word_text(&ends_of(head)->from).length ? SLICE("target: 'to:' is missing")
                    : word_text(&ends_of(head)->to).length
                        ? SLICE("source: 'from:' is missing")
                        : SLICE("source and target: 'from:' and 'to:' are missing")));
    hint_arrow_as_label(&parser->hints, added, word_text(&head->name), word_text(&head->label));
}

static struct item *begin_declaration(struct yaml_parser *parser, const struct yaml_node *key,
                                      struct slice kind) {
    pass(parser, key);
    end_declaration(parser);
    struct item *item = new_item(parser, ITEM_DECLARATION, key);
    item->word = word_new(parser->arena, kind, key->span);
    item->head = ARENA_NEW(parser->arena, struct head);
    item->head->source = parser->source;
    add_block(item);
    parser->declaration = item;
    parser->key = key->span.start;
    *parser->end = item;
    parser->end = &item->next;
    parser->tree->declarations++;
    return item;
}

/* The label alone, instead of a map. */
static void take_label(struct yaml_parser *parser, struct item *item, enum kind kind,
                       const struct yaml_node *node) {
    uint32_t key_end = parser->passed;
    pass(parser, node);
    item->head->label = word_of(parser, node);
    if (runs_into_key(parser, node) ||
        report_attribute_as_text(&parser->hints, kind, node, key_end)) {
        item_block(item)->damaged = true;
        parser->tree->damaged = true;
    }
}

/* ID ":" declaration */
static void make_declaration(struct yaml_parser *parser, enum kind kind,
                             const struct yaml_node *key) {
    const struct yaml_node *node = key->next;
    const struct item *before = parser->declaration;
    if (report_attribute_as_id(&parser->hints, kind, key, before, parser->fallen_out == before)) {
        parser->fallen_out = before;
        parser->tree->damaged = true;
        return;
    }
    if ((kind == KIND_FLOW && report_arrow_as_id(&parser->hints, key)) ||
        (is_nothing(node) && report_key_without_blank(&parser->hints, key))) {
        parser->tree->damaged = true;
        return;
    }
    struct item *item = begin_declaration(parser, key, slice_of(kind_rows[kind].word));
    if (kind != KIND_MODEL)
        item->head->name = word_of(parser, key);
    item->arrow = kind == KIND_FLOW;
    parser->tree->flows += item->arrow;
    if (node->kind == YAML_NODE_MAP) {
        fill_declaration(parser, item, kind, node);
    } else if (node->kind == YAML_NODE_LIST) {
        diag_hint(parser->diagnostics, report_shape(parser, node, "a map of attributes"),
                  "attributes are keys, without '-'");
    } else if (!is_nothing(node)) {
        take_label(parser, item, kind, node);
    }
    item_block(item)->damaged |= node->cut;
    if (kind == KIND_FLOW && node->kind != YAML_NODE_LIST && !node->cut)
        check_ends(parser, item);
}

/* ALIAS ":" PATH */
static void make_import(struct yaml_parser *parser, const struct yaml_node *key) {
    if (key->next->kind != YAML_NODE_SCALAR || is_nothing(key->next)) {
        report_shape(parser, key->next, "the path of a model");
        return;
    }
    struct item *item = begin_declaration(parser, key, SLICE("import"));
    parser->tree->has_imports = true;
    struct word *alias = ARENA_NEW(parser->arena, struct word);
    *alias = word_of(parser, key);
    item->head->alias = alias;
    pass(parser, key->next);
    item->head->label = word_of(parser, key->next);
}

/* ---- sections ---------------------------------------------------------------------------- */

/* KIND_COUNT stands for imports. */
#define SECTIONS (KIND_COUNT + 1)

/* False, and reported, when there is none. */
static bool find_section(struct yaml_parser *parser, const struct yaml_node *key,
                         enum kind *section) {
    struct slice sections[SECTIONS];
    size_t count = 0;
    for (size_t kind = 0; kind < KIND_COUNT; kind++) {
        if (!*kind_rows[kind].section)
            continue;
        sections[count] = slice_of(kind_rows[kind].section);
        if (slice_equal(key->text, sections[count++])) {
            *section = (enum kind)kind;
            return true;
        }
    }
    sections[count++] = SLICE("imports");
    *section = KIND_COUNT;
    if (slice_is(key->text, "imports"))
        return true;
    hint_section(&parser->hints, report(parser, DIAG_yaml_section, key->span, ARGS(key->text)),
                 key->text, parser->empty_section, sections, count);
    return false;
}

static void make_entry(struct yaml_parser *parser, enum kind section, const struct yaml_node *key) {
    if (!key->text.length)
        report(parser, DIAG_missing_id, key->span,
               ARGS(section == KIND_COUNT ? SLICE("an import")
                                          : slice_of(kind_rows[section].article)));
    else if (section == KIND_COUNT)
        make_import(parser, key);
    else
        make_declaration(parser, section, key);
}

/* The next key, with its value after it; NULL at the end of the map. */
static struct yaml_node *read_entry(struct yaml_parser *parser) {
    struct yaml_node *key = read_yaml(parser->reader, true);
    if (key && !key->cut)
        key->next = read_yaml(parser->reader, true);
    return key && key->next ? key : NULL;
}

/* { ID ":" declaration } */
static void make_entries(struct yaml_parser *parser, enum kind section) {
    for (struct yaml_node *key; (key = read_entry(parser)); release_yaml(parser->reader, key))
        if (check_key(parser, key))
            make_entry(parser, section, key);
}

static bool is_twice(struct yaml_parser *parser, const struct yaml_node *key, struct span *seen) {
    bool twice = seen->end > 0;
    if (twice)
        report_twice(parser, key, *seen);
    *seen = key->span;
    return twice;
}

/* SECTION ":" ..., the key of which has been read */
static void make_section(struct yaml_parser *parser, struct yaml_node *key, struct span *seen) {
    enum kind section = KIND_MODEL;
    bool known = check_key(parser, key) && find_section(parser, key, &section);
    bool twice = known && is_twice(parser, key, &seen[section]);
    struct yaml_node *node = read_yaml(parser->reader, !known || section == KIND_MODEL);
    key->next = node;
    if (!node || !known)
        return;
    if (section == KIND_MODEL) {
        if (!twice)
            make_declaration(parser, section, key);
        return;
    }
    pass(parser, key);
    end_declaration(parser);
    parser->last = NULL;
    if (node->kind == YAML_NODE_MAP)
        make_entries(parser, section);
    else if (!is_nothing(node) && !runs_into_key(parser, node))
        hint_section_shape(&parser->hints, report_shape(parser, node, "a map keyed by id"),
                           key->text, node);
    parser->empty_section = is_nothing(node) ? key->text : SLICE("");
}

static void make_file(struct yaml_parser *parser) {
    struct span seen[SECTIONS] = {{0, 0}};
    const struct yaml_node *root = read_yaml(parser->reader, false);
    if (root && root->kind != YAML_NODE_MAP && !is_nothing(root) && !runs_into_key(parser, root))
        report_shape(parser, root, "a map with model, boundaries, flows and so on");
    if (root && root->kind == YAML_NODE_MAP)
        for (struct yaml_node *key; (key = read_yaml(parser->reader, true));
             release_yaml(parser->reader, key))
            make_section(parser, key, seen);
    pass_to(parser, (uint32_t)parser->source->text.length);
    end_declaration(parser);
    if (parser->comments)
        own_remarks(parser->arena, &parser->tree->file.remarks)->tail = take_comments(parser);
}

struct tree *parse_yaml(struct diagnostics *diagnostics, struct source *source) {
    struct yaml_parser *parser = ARENA_NEW(diagnostics->arena, struct yaml_parser);
    parser->arena = diagnostics->arena;
    parser->diagnostics = diagnostics;
    parser->source = source;
    parser->tree = ARENA_NEW(diagnostics->arena, struct tree);
    parser->tree->source = source;
    parser->end = &parser->tree->file.items;
    parser->comments_end = &parser->comments;
    attribute_index_open(parser->arena, &parser->attributes);
    parser->hints = (struct yaml_hints){diagnostics, source, &parser->attributes};
    size_t errors = diagnostics->errors;
    bool whole = false;
    if (check_source(diagnostics, source) && diagnostics->errors == errors) {
        parser->reader = open_yaml(diagnostics, source);
        make_file(parser);
        whole = close_yaml(parser->reader);
    }
    parser->tree->damaged |= !whole;
    parser->tree->truncated = !whole;
    return parser->tree;
}
