/* Declarations are gathered by section first, since a boundary's block holds several kinds. Lines
 * are written one by one; each begins with its own indentation. */
// SPDX-License-Identifier: MIT
#include "syntax/write_yaml.h"

#include "model/kind.h"
#include "syntax/builder.h"
#include "syntax/quote.h"

#define WIDTH 100
#define INDENT 2

struct placed {
    const struct item *item;
    struct slice in; /* the boundary whose block it stands in, or "" */
};

struct section {
    const char *name;
    enum kind kind; /* KIND_COUNT: imports */
    struct {
        struct placed *items;
        size_t count, capacity;
    } list;
};

struct yaml_writer {
    struct arena *arena;
    struct writer *writer;
    const char *newline;
    struct attribute_index attributes;
    struct section sections[KIND_COUNT + 1]; /* in order of appearance */
    size_t section_count;
};

/* ---- gathering --------------------------------------------------------------------------- */

static bool is_import(const struct item *item) {
    return slice_is(word_text(&item->word), "import");
}

static bool is_evidence(const struct item *item) {
    return item->kind == ITEM_DECLARATION && slice_is(word_text(&item->word), "evidence") &&
           item_block(item);
}

static enum kind kind_of(const struct item *item) {
    return item->arrow ? KIND_FLOW : kind_find(word_text(&item->word));
}

static struct section *find_section(struct yaml_writer *yaml, enum kind kind) {
    for (size_t i = 0; i < yaml->section_count; i++)
        if (yaml->sections[i].kind == kind)
            return &yaml->sections[i];
    struct section *section = &yaml->sections[yaml->section_count++];
    section->kind = kind;
    section->name = kind == KIND_COUNT ? "imports" : kind_rows[kind].section;
    return section;
}

/* Blocks nest at most NESTING_LIMIT deep. */
static void gather(struct yaml_writer *yaml, const struct block *block, struct slice in) {
    for (const struct item *item = block->items; item; item = item->next) {
        if (item->kind != ITEM_DECLARATION || is_evidence(item))
            continue;
        enum kind kind = is_import(item) ? KIND_COUNT : kind_of(item);
        struct section *section = find_section(yaml, kind);
        bool placeable = kind_in(kind, attribute_rows[ATTRIBUTE_in].kinds);
        *ARRAY_ADD(yaml->arena, &section->list) =
            (struct placed){item, placeable ? in : (struct slice){"", 0}};
        if (item_block(item))
            gather(yaml, item_block(item),
                   kind == KIND_BOUNDARY ? word_text(&item->head->name) : in);
    }
}

/* ---- lines ------------------------------------------------------------------------------- */

static void end_line(struct yaml_writer *yaml) {
    write_string(yaml->writer, yaml->newline);
}

static void begin_line(struct yaml_writer *yaml, size_t level) {
    write_repeated(yaml->writer, ' ', level * INDENT);
}

/* Writes the comments before `end`. */
static void write_comments(struct yaml_writer *yaml, const struct comment *comment,
                           const struct comment *end, bool blank_allowed, size_t level) {
    for (; comment != end; comment = comment->next, blank_allowed = true) {
        if (comment->blank_before && blank_allowed)
            end_line(yaml);
        begin_line(yaml, level);
        write_comment(yaml->writer, comment->text);
        end_line(yaml);
    }
}

static void write_all_comments(struct yaml_writer *yaml, const struct comment *comment,
                               size_t level) {
    write_comments(yaml, comment, NULL, false, level);
}

/* Writes the comments inside of a list, which stand above it here. */
static void write_comments_within(struct yaml_writer *yaml, const struct value *value,
                                  size_t level) {
    write_all_comments(yaml, around(value_remarks(value))->comments, level);
    for (const struct value *item = value_items(value); item; item = item->next)
        write_comments_within(yaml, item, level);
    write_all_comments(yaml, around(value_remarks(value))->tail, level);
}

static void end_line_after(struct yaml_writer *yaml, const struct comment *trailing) {
    if (trailing) {
        write_string(yaml->writer, "  ");
        write_comment(yaml->writer, trailing->text);
    }
    end_line(yaml);
}

static void write_key(struct yaml_writer *yaml, struct slice key, size_t level) {
    begin_line(yaml, level);
    write_yaml_scalar(yaml->writer, key, YAML_USE_STRING, false);
    write_char(yaml->writer, ':');
}

/* ---- values ------------------------------------------------------------------------------ */

static void write_literal(struct yaml_writer *yaml, struct slice text, size_t level) {
    struct slice line;
    write_string(yaml->writer, " |");
    end_line(yaml);
    while (slice_cut(&text, '\n', &line)) {
        if (line.length)
            begin_line(yaml, level);
        write_slice(yaml->writer, line);
        end_line(yaml);
    }
}

static void write_flat_list(struct writer *writer, const struct value *list, enum yaml_use use) {
    write_char(writer, '[');
    for (const struct value *item = value_items(list); item; item = item->next) {
        if (item->word.kind == VALUE_LIST)
            write_flat_list(writer, item, use);
        else
            write_yaml_scalar(writer, word_text(&item->word), use, true);
        write_string(writer, item->next ? ", " : "");
    }
    write_char(writer, ']');
}

/* A list that fits on its line, or "". */
static struct slice flat_list(struct yaml_writer *yaml, const struct value *list, enum yaml_use use,
                              size_t column) {
    struct memory_writer flat;
    memory_writer_open(&flat, yaml->arena);
    write_flat_list(&flat.writer, list, use);
    struct slice text = memory_writer_close(&flat);
    bool fits = column + utf8_width(text) <= WIDTH || !value_items(list);
    return fits ? text : (struct slice){"", 0};
}

static void write_list(struct yaml_writer *yaml, const struct value *list, enum yaml_use use,
                       size_t level) {
    end_line(yaml);
    for (const struct value *item = value_items(list); item; item = item->next) {
        begin_line(yaml, level);
        write_string(yaml->writer, "- ");
        if (item->word.kind == VALUE_LIST)
            write_flat_list(yaml->writer, item, use);
        else
            write_yaml_scalar(yaml->writer, word_text(&item->word), use, false);
        end_line(yaml);
    }
}

/* Words of a list of known ones stay words; ids are quoted here as they are where they are keys. */
static enum yaml_use use_of(const struct attribute_row *row, const struct value *value) {
    if (row && row->type == TYPE_NUMBER)
        return YAML_USE_NUMBER;
    bool words =
        row && (row->type == TYPE_WORD || row->type == TYPE_WORDS || row->type == TYPE_YESNO);
    return words && (value->word.kind == VALUE_WORD || value->word.kind == VALUE_LIST)
               ? YAML_USE_WORD
               : YAML_USE_STRING;
}

/* Writes the value on the line of its key; false when it needs lines of its own. */
static bool write_on_line(struct yaml_writer *yaml, struct writer *writer,
                          const struct value *value, enum yaml_use use, size_t column) {
    if (value->word.kind == VALUE_TEXT && fits_yaml_literal(word_text(&value->word)))
        return false;
    if (value->word.kind != VALUE_LIST) {
        write_yaml_scalar(writer, word_text(&value->word), use, false);
        return true;
    }
    struct slice flat = flat_list(yaml, value, use, column);
    write_slice(writer, flat);
    return flat.length > 0;
}

static void write_attribute(struct yaml_writer *yaml, const struct item *item,
                            const struct attribute_row *row, size_t level) {
    const struct value *value = item->value;
    enum yaml_use use = use_of(row, value);
    struct memory_writer line;
    memory_writer_open(&line, yaml->arena);
    bool one_line = write_on_line(yaml, &line.writer, value, use,
                                  level * INDENT + word_text(&item->word).length + 2);
    if (item->blank_before && !around(item->remarks)->comments)
        end_line(yaml);
    write_comments(yaml, around(item->remarks)->comments, NULL, true, level);
    write_comments_within(yaml, value, level);
    if (!one_line) /* no place for it on the line */
        write_all_comments(yaml, around(item->remarks)->trailing, level);
    write_key(yaml, word_text(&item->word), level);
    if (one_line) {
        write_char(yaml->writer, ' ');
        write_slice(yaml->writer, memory_writer_close(&line));
        end_line_after(yaml, around(item->remarks)->trailing);
    } else if (value->word.kind == VALUE_LIST) {
        write_list(yaml, value, use, level + 1);
    } else {
        write_literal(yaml, word_text(&value->word), level + 1);
    }
}

/* ---- declarations ------------------------------------------------------------------------ */

/* All evidence of a declaration under one key. */
static void write_evidence(struct yaml_writer *yaml, const struct block *block, size_t level) {
    bool begun = false;
    for (const struct item *item = block->items; item; item = item->next) {
        if (!is_evidence(item))
            continue;
        write_all_comments(yaml, around(item->remarks)->comments, level);
        write_all_comments(yaml, around(item_block(item)->remarks)->trailing, level);
        write_all_comments(yaml, around(item->remarks)->trailing, level);
        if (!begun && item_block(item)->items) {
            write_key(yaml, word_text(&item->word), level);
            end_line(yaml);
            begun = true;
        }
        for (const struct item *fact = item_block(item)->items; fact; fact = fact->next)
            write_attribute(yaml, fact, &attribute_rows[ATTRIBUTE_about], level + 1);
        write_all_comments(yaml, around(item_block(item)->remarks)->tail, level + begun);
    }
}

static void write_word(struct yaml_writer *yaml, const char *key, struct slice text, size_t level) {
    write_key(yaml, slice_of(key), level);
    write_char(yaml->writer, ' ');
    write_yaml_scalar(yaml->writer, text, YAML_USE_STRING, false);
    end_line(yaml);
}

static bool has_label(const struct item *item) {
    return word_is_there(&item->head->label);
}

static void write_body(struct yaml_writer *yaml, const struct placed *placed, enum kind kind,
                       size_t level) {
    const struct item *item = placed->item;
    if (kind == KIND_MODEL && word_text(&item->head->name).length)
        write_word(yaml, "id", word_text(&item->head->name), level);
    if (item->arrow) {
        write_word(yaml, "from", word_text(&ends_of(item->head)->from), level);
        write_word(yaml, "to", word_text(&ends_of(item->head)->to), level);
    }
    if (has_label(item))
        write_word(yaml, "label", word_text(&item->head->label), level);
    if (placed->in.length)
        write_word(yaml, "in", placed->in, level);
    for (const struct item *inner = items_inside(item); inner; inner = inner->next) {
        if (inner->kind != ITEM_ATTRIBUTE)
            continue;
        if (placed->in.length && slice_is(word_text(&inner->word), "in")) { /* says the same */
            write_all_comments(yaml, around(inner->remarks)->comments, level);
            continue;
        }
        enum attribute_id id = attribute_find(&yaml->attributes, word_text(&inner->word), kind);
        write_attribute(yaml, inner, id == ATTRIBUTE_COUNT ? NULL : &attribute_rows[id], level);
    }
    if (item_block(item)) {
        write_evidence(yaml, item_block(item), level);
        write_comments(yaml, around(item_block(item)->remarks)->tail, NULL, true, level);
    }
}

/* Without quotes a label alone may look like an attribute, and so may an id with one. */
static enum yaml_use use_of_label(const struct yaml_writer *yaml, const struct item *item,
                                  enum kind kind) {
    struct slice id = word_text(&item->head->name);
    bool attribute = attribute_find(&yaml->attributes, id, kind) != ATTRIBUTE_COUNT ||
                     slice_is(id, "label") || slice_is(id, "evidence");
    return attribute || slice_has(word_text(&item->head->label), ':') ? YAML_USE_QUOTED
                                                                      : YAML_USE_STRING;
}

/* Whether it says more than its label. */
static bool has_body(const struct placed *placed, enum kind kind) {
    const struct item *item = placed->item;
    bool body = item->arrow || placed->in.length || kind == KIND_MODEL;
    for (const struct item *inner = items_inside(item); inner; inner = inner->next)
        body |= inner->kind == ITEM_ATTRIBUTE || (is_evidence(inner) && item_block(inner)->items);
    return body;
}

static struct slice key_of(struct yaml_writer *yaml, const struct item *item, enum kind kind) {
    if (kind == KIND_COUNT)
        return word_text(alias_of(item->head));
    return item->arrow && !word_text(&item->head->name).length ? derived_flow_id(yaml->arena, item)
                                                               : word_text(&item->head->name);
}

/* Writes KEY ":" and its value, after the comments above */
static void write_entry(struct yaml_writer *yaml, const struct placed *placed,
                        const struct section *section, size_t level) {
    const struct item *item = placed->item;
    write_key(yaml,
              section->kind == KIND_MODEL ? SLICE("model") : key_of(yaml, item, section->kind),
              level);
    if (has_body(placed, section->kind)) {
        end_line_after(yaml, around(item->remarks)->trailing);
        write_body(yaml, placed, section->kind, level + 1);
        return;
    }
    if (has_label(item)) {
        write_char(yaml->writer, ' ');
        write_yaml_scalar(yaml->writer, word_text(&item->head->label),
                          use_of_label(yaml, item, section->kind), false);
    }
    end_line_after(yaml, around(item->remarks)->trailing);
    if (item_block(item)) {
        write_evidence(yaml, item_block(item), level + 1);
        write_comments(yaml, around(item_block(item)->remarks)->tail, NULL, true, level + 1);
    }
}

/* The comments of the first declaration in a section up to the last empty line are about more than
 * that: they stand above the section. */
static const struct comment *find_own_comments(const struct item *item) {
    const struct comment *own = item->blank_before ? NULL : around(item->remarks)->comments;
    for (const struct comment *at = around(item->remarks)->comments; at && !item->blank_before;
         at = at->next)
        if (at->blank_before)
            own = at;
    return own;
}

static void write_section(struct yaml_writer *yaml, const struct section *section) {
    const struct item *first = section->list.items[0].item;
    bool is_model = section->kind == KIND_MODEL, top = section == yaml->sections;
    const struct comment *own = is_model ? NULL : find_own_comments(first);
    if (!top)
        end_line(yaml);
    write_comments(yaml, around(first->remarks)->comments, own, false, 0);
    if (around(first->remarks)->comments != own && (first->blank_before || own))
        end_line(yaml);
    size_t level = is_model ? 0 : 1;
    if (!is_model) {
        write_string(yaml->writer, section->name);
        write_char(yaml->writer, ':');
        end_line(yaml);
    }
    for (size_t i = 0; i < section->list.count; i++) {
        const struct placed *placed = &section->list.items[i];
        const struct item *item = placed->item;
        if (i && item->blank_before && !around(item->remarks)->comments)
            end_line(yaml);
        write_comments(yaml, i ? around(item->remarks)->comments : own, NULL, i > 0, level);
        if (i && item->blank_before && around(item->remarks)->comments)
            end_line(yaml);
        if (item_block(item))
            write_all_comments(yaml, around(item_block(item)->remarks)->trailing, level);
        write_entry(yaml, placed, section, level);
    }
}

void write_yaml(struct arena *arena, struct writer *writer, const struct tree *tree) {
    struct yaml_writer *yaml = ARENA_NEW(arena, struct yaml_writer);
    yaml->arena = arena;
    yaml->writer = writer;
    yaml->newline = tree->source->crlf ? "\r\n" : "\n";
    attribute_index_open(arena, &yaml->attributes);
    gather(yaml, &tree->file, (struct slice){"", 0});
    if (tree->source->bom)
        write_string(writer, "\xef\xbb\xbf");
    for (size_t i = 0; i < yaml->section_count; i++)
        write_section(yaml, &yaml->sections[i]);
    write_comments(yaml, around(tree->file.remarks)->tail, NULL, true, 0);
}
