/* file    = { SECTION ":" ( { ID ":" declaration } | declaration (of model) ) } .
 * declaration = nothing | LABEL | { ATTRIBUTE ":" value | "label" ":" STRING
 *             | "from" ":" ID | "to" ":" ID (of flows) | "id" ":" ID (of model)
 *             | "evidence" ":" { FACT ":" PLACE } } .
 * Comments are what libyaml passes over between two scalars. */
// SPDX-License-Identifier: MIT
#include "syntax/yaml.h"

#include "model/kind.h"
#include "syntax/lexer.h"
#include "syntax/yaml_nodes.h"

#include <string.h>

struct yaml_parser {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct source *source;
    struct tree *tree;
    uint32_t behind;   /* the end of the last scalar */
    struct item *last; /* the item that a comment behind it on its line belongs to */
    struct item **end; /* of the file's items */
};

bool is_yaml_path(struct slice path) {
    return slice_ends(path, ".yaml") || slice_ends(path, ".yml");
}

static struct diagnostic *report(struct yaml_parser *parser, enum diag_code code, struct span span,
                                 const struct slice *args) {
    parser->tree->damaged = true;
    return diag_add(parser->diagnostics, code, parser->source, span, args);
}

static void report_shape(struct yaml_parser *parser, const struct yaml_node *node,
                         const char *expected) {
    struct span span = node->span;
    if (node->kind != YAML_NODE_SCALAR)
        span.end = span.start + 1;
    report(parser, DIAG_yaml_shape, span, ARGS(slice_of(expected)));
}

static bool is_word(struct slice text) {
    for (size_t i = 0; i < text.length; i++)
        if (!is_word_character(text.at[i]))
            return false;
    return text.length > 0;
}

static bool is_nothing(const struct yaml_node *node) {
    return node->kind == YAML_NODE_SCALAR && node->plain &&
           (!node->text.length || slice_is(node->text, "~") || slice_is(node->text, "null"));
}

/* Moves behind a scalar; comments that were passed over on the way are returned, but one on the
 * line of the item before, which belongs to that. */
static struct comment *pass(struct yaml_parser *parser, const struct yaml_node *scalar) {
    struct slice gap =
        slice_part(parser->source->text, parser->behind,
                   scalar->span.start > parser->behind ? scalar->span.start - parser->behind : 0);
    struct comment *comments = NULL, **end = &comments;
    bool same_line = parser->behind > 0;
    for (struct slice line; slice_cut(&gap, '\n', &line); same_line = false) {
        const char *hash = line.length ? memchr(line.at, '#', line.length) : NULL;
        if (!hash)
            continue;
        struct comment *comment = ARENA_NEW(parser->arena, struct comment);
        comment->text = slice_trim(slice_part(line, (size_t)(hash - line.at), line.length));
        comment->same_line = same_line;
        if (same_line && parser->last && !parser->last->trailing) {
            parser->last->trailing = comment;
        } else {
            comment->same_line = false;
            *end = comment;
            end = &comment->next;
        }
    }
    parser->behind = scalar->span.end;
    return comments;
}

static struct word word_of(const struct yaml_node *scalar) {
    return (struct word){scalar->text, scalar->span};
}

/* The words and lists that the DSL has; NULL, and reported, for a map. */
static struct value *make_value(struct yaml_parser *parser, const struct yaml_node *node) {
    struct value *value = ARENA_NEW(parser->arena, struct value);
    value->word.span = node->span;
    if (node->kind == YAML_NODE_MAP) {
        report_shape(parser, node, "a word, a string or a list");
        return NULL;
    }
    if (node->kind == YAML_NODE_SCALAR) {
        value->comments = pass(parser, node);
        value->word = word_of(node);
        value->kind = is_word(node->text) ? VALUE_WORD : node->block ? VALUE_TEXT : VALUE_STRING;
        return value;
    }
    value->kind = VALUE_LIST;
    struct value **end = &value->items;
    for (const struct yaml_node *item = node->first; item; item = item->next) {
        *end = make_value(parser, item);
        if (!*end)
            return NULL;
        end = &(*end)->next;
    }
    if (value->word.span.end < parser->behind)
        value->word.span.end = parser->behind;
    return value;
}

static struct item *new_item(struct yaml_parser *parser, enum item_kind kind,
                             const struct yaml_node *key) {
    struct item *item = ARENA_NEW(parser->arena, struct item);
    item->kind = kind;
    item->comments = pass(parser, key);
    item->word = word_of(key);
    item->span = key->span;
    parser->last = item;
    return item;
}

/* False, and reported, when a key is no scalar. */
static bool check_key(struct yaml_parser *parser, const struct yaml_node *key) {
    if (key->kind != YAML_NODE_SCALAR)
        report_shape(parser, key, "a name");
    return key->kind == YAML_NODE_SCALAR && key->next;
}

static struct item *make_attribute(struct yaml_parser *parser, const struct yaml_node *key) {
    struct item *item = new_item(parser, ITEM_ATTRIBUTE, key);
    const struct yaml_node *node = key->next;
    if (is_nothing(node)) {
        report(parser, DIAG_expected_value, key->span, ARGS(key->text));
        return NULL;
    }
    item->value = make_value(parser, node);
    item->span.end = parser->behind;
    return item->value ? item : NULL;
}

/* evidence: { FACT: PLACE } */
static struct item *make_evidence(struct yaml_parser *parser, const struct yaml_node *key) {
    struct item *item = new_item(parser, ITEM_DECLARATION, key);
    item->head = ARENA_NEW(parser->arena, struct head);
    item->block = ARENA_NEW(parser->arena, struct block);
    if (key->next->kind != YAML_NODE_MAP) {
        report_shape(parser, key->next, "a map of facts and places");
        return NULL;
    }
    struct item **end = &item->block->items;
    for (const struct yaml_node *fact = key->next->first; fact && check_key(parser, fact);
         fact = fact->next->next) {
        *end = make_attribute(parser, fact);
        if (*end)
            end = &(*end)->next;
    }
    return item;
}

/* label, and the ends of a flow: they stand in the head of a declaration. NULL when the key is
 * none of them. */
static struct word *head_word(struct item *item, enum kind kind, struct slice key) {
    if (slice_is(key, "label"))
        return &item->head->label;
    if (kind == KIND_MODEL && slice_is(key, "id"))
        return &item->head->name;
    if (kind == KIND_FLOW && slice_is(key, "from"))
        return &item->head->from;
    if (kind == KIND_FLOW && slice_is(key, "to"))
        return &item->head->to;
    return NULL;
}

static void take_head_word(struct yaml_parser *parser, struct item *item, struct word *word,
                           const struct yaml_node *key) {
    if (key->next->kind != YAML_NODE_SCALAR || is_nothing(key->next)) {
        report(parser, DIAG_expected_value, key->span, ARGS(key->text));
        return;
    }
    if (word->text.at)
        report(parser, DIAG_duplicate_attribute, key->span, ARGS(key->text));
    comments_append(&item->comments, pass(parser, key));
    comments_append(&item->comments, pass(parser, key->next));
    *word = word_of(key->next);
}

static void fill_declaration(struct yaml_parser *parser, struct item *item, enum kind kind,
                             const struct yaml_node *map) {
    struct item **end = &item->block->items;
    for (const struct yaml_node *key = map->first; key && check_key(parser, key);
         key = key->next->next) {
        struct word *word = head_word(item, kind, key->text);
        if (word) {
            take_head_word(parser, item, word, key);
            continue;
        }
        struct item *inner = slice_is(key->text, "evidence") ? make_evidence(parser, key)
                                                             : make_attribute(parser, key);
        item->block->damaged |= !inner;
        *end = inner;
        if (inner)
            end = &inner->next;
    }
}

static void check_ends(struct yaml_parser *parser, const struct item *item) {
    const struct head *head = item->head;
    if (!head->from.text.length || !head->to.text.length)
        report(parser, DIAG_missing_end, head->name.span,
               ARGS(head->from.text.length ? SLICE("target: 'to:' is missing")
                                           : SLICE("source: 'from:' is missing")));
}

/* ID ":" declaration */
static void make_declaration(struct yaml_parser *parser, enum kind kind,
                             const struct yaml_node *key) {
    const struct yaml_node *node = key->next;
    struct item *item = new_item(parser, ITEM_DECLARATION, key);
    item->head = ARENA_NEW(parser->arena, struct head);
    item->word.text = slice_of(kind_rows[kind].word);
    if (kind != KIND_MODEL)
        item->head->name = word_of(key);
    item->arrow = kind == KIND_FLOW;
    item->block = ARENA_NEW(parser->arena, struct block);
    if (node->kind == YAML_NODE_MAP) {
        fill_declaration(parser, item, kind, node);
    } else if (node->kind == YAML_NODE_LIST) {
        report_shape(parser, node, "a map of attributes");
    } else if (!is_nothing(node)) {
        pass(parser, node);
        item->head->label = word_of(node);
    }
    if (kind == KIND_FLOW)
        check_ends(parser, item);
    *parser->end = item;
    parser->end = &item->next;
}

static enum kind find_section(struct yaml_parser *parser, const struct yaml_node *key) {
    struct slice sections[KIND_COUNT];
    size_t count = 0;
    for (; count < KIND_COUNT && *kind_rows[count].section; count++) {
        sections[count] = slice_of(kind_rows[count].section);
        if (slice_equal(key->text, sections[count]))
            return (enum kind)count;
    }
    struct diagnostic *added = report(parser, DIAG_yaml_section, key->span, ARGS(key->text));
    int nearest = text_nearest(key->text, sections, count);
    if (nearest >= 0)
        diag_hint(parser->diagnostics, added, "did you mean '%.*s'?", S(sections[nearest]));
    return KIND_COUNT;
}

/* SECTION ":" ... */
static void make_section(struct yaml_parser *parser, const struct yaml_node *key, bool *seen) {
    enum kind kind = find_section(parser, key);
    const struct yaml_node *node = key->next;
    if (kind == KIND_COUNT)
        return;
    if (seen[kind])
        report(parser, DIAG_duplicate_attribute, key->span, ARGS(key->text));
    seen[kind] = true;
    if (kind == KIND_MODEL) {
        make_declaration(parser, kind, key);
        return;
    }
    if (is_nothing(node))
        return;
    if (node->kind != YAML_NODE_MAP) {
        report_shape(parser, node, "a map keyed by id");
        return;
    }
    for (const struct yaml_node *id = node->first; id && check_key(parser, id); id = id->next->next)
        make_declaration(parser, kind, id);
}

struct tree *parse_yaml(struct diagnostics *diagnostics, struct source *source) {
    struct yaml_parser parser = {.arena = diagnostics->arena,
                                 .diagnostics = diagnostics,
                                 .source = source,
                                 .tree = ARENA_NEW(diagnostics->arena, struct tree)};
    bool seen[KIND_COUNT] = {false}, whole = false;
    parser.tree->source = source;
    parser.end = &parser.tree->file.items;
    if (!check_source(diagnostics, source)) {
        parser.tree->damaged = true;
        return parser.tree;
    }
    const struct yaml_node *root = read_yaml_nodes(diagnostics, source, &whole);
    parser.tree->damaged = !whole;
    parser.tree->truncated = !whole;
    if (root && root->kind != YAML_NODE_MAP && !is_nothing(root))
        report_shape(&parser, root, "a map with model, boundaries, flows and so on");
    else if (root)
        for (const struct yaml_node *key = root->first; key && check_key(&parser, key);
             key = key->next->next)
            make_section(&parser, key, seen);
    return parser.tree;
}
