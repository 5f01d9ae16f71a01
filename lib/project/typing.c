/* In the DSL the parser finds the open block. The YAML form is read by its indentation: libyaml
 * gives nothing for half a text. */
// SPDX-License-Identifier: MIT
#include "project/typing.h"

#include "diag/diag.h"
#include "syntax/lexer.h"
#include "syntax/parser.h"

static const struct typed nothing = {TYPING_NOTHING, KIND_COUNT, {NULL, 0}};

/* `name:` at the end of the text, blanks after it; else the empty slice. */
static struct slice name_before_colon(struct slice text) {
    text = slice_trim(text);
    if (!slice_ends(text, ":"))
        return SLICE("");
    text = slice_trim(slice_part(text, 0, text.length - 1));
    size_t start = text.length;
    while (start && is_word_character(text.at[start - 1]))
        start--;
    return slice_part(text, start, text.length);
}

/* Up to the [ of the list that is open at the end of the text; false where none is. */
static bool cut_list(struct slice *text) {
    for (size_t i = text->length; i; i--) {
        char c = text->at[i - 1];
        if (c == '[') {
            *text = slice_part(*text, 0, i - 1);
            return true;
        }
        if (c == ']' || c == '{' || c == '}' || c == ':' || c == ';' || c == '#' || c == '"')
            return false;
    }
    return false;
}

/* ---- the DSL ----------------------------------------------------------------------------- */

static enum kind kind_of_item(const struct item *item) {
    return item->arrow ? KIND_FLOW : kind_find(word_text(&item->word));
}

/* Of the innermost block that is not closed. */
static enum kind open_block(const struct tree *tree) {
    const struct block *block = &tree->file;
    enum kind kind = KIND_COUNT;
    while (block) {
        const struct item *last = last_item(block);
        block = last ? item_block(last) : NULL;
        if (block && block->close)
            block = NULL;
        if (block)
            kind = kind_of_item(last);
    }
    return kind;
}

/* The part of the last line that belongs to what is typed. False inside of a string or comment. */
static bool last_statement(struct slice before, struct slice *statement) {
    size_t start = before.length;
    while (start && before.at[start - 1] != '\n')
        start--;
    bool in_string = false;
    for (size_t i = start; i < before.length; i++) {
        char c = before.at[i];
        if (in_string && c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && c == '#')
            return false;
        else if (!in_string && (c == ';' || c == '{' || c == '}'))
            start = i + 1;
    }
    *statement = slice_trim(slice_part(before, start, before.length));
    return !in_string;
}

struct typed typed_in_dsl(struct arena *arena, struct slice before) {
    struct diagnostics ignored = {.arena = arena};
    struct slice statement, whole = before;
    bool in_list = cut_list(&whole); /* half a list would be a mistake */
    if (!in_list && !last_statement(before, &statement))
        return nothing;
    struct arena_mark mark = arena_mark(arena);
    struct source *source = source_new(arena, SLICE("typed.dfd"), slice_copy(arena, whole));
    const struct tree *tree = parse(&ignored, source);
    bool truncated = tree->truncated;
    struct typed typed = {TYPING_ITEM, open_block(tree), SLICE("")};
    arena_rewind(arena, mark);
    if (truncated)
        return nothing;
    if (in_list) {
        typed.attribute = name_before_colon(whole);
        typed.what = typed.attribute.length ? TYPING_VALUE : TYPING_NOTHING;
    } else if (slice_ends(statement, "->") || slice_ends(statement, "=")) {
        typed.what = TYPING_END;
    } else if (statement.length) {
        typed.attribute = name_before_colon(statement);
        bool alone = typed.attribute.length && statement.at == typed.attribute.at;
        typed.what = alone ? TYPING_VALUE : TYPING_NOTHING;
    }
    return typed;
}

/* ---- the YAML form ----------------------------------------------------------------------- */

/* Keys around the place, the innermost first: each stands on a line that is indented less. */
#define DEEPEST 4
struct parents {
    struct slice keys[DEEPEST];
    size_t count;
};

static size_t indent_of(struct slice line) {
    size_t indent = 0;
    while (indent < line.length && line.at[indent] == ' ')
        indent++;
    return indent;
}

static struct slice key_of(struct slice line) {
    line = slice_trim(line);
    size_t length = 0;
    while (length < line.length && is_word_character(line.at[length]))
        length++;
    bool is_key = length && length < line.length && line.at[length] == ':';
    return is_key ? slice_part(line, 0, length) : SLICE("");
}

static struct slice cut_last_line(struct slice *text) {
    size_t start = text->length;
    while (start && text->at[start - 1] != '\n')
        start--;
    struct slice line = slice_part(*text, start, text->length);
    *text = slice_part(*text, 0, start ? start - 1 : 0);
    return line;
}

static struct parents parents_of(struct slice above, size_t indent) {
    struct parents parents = {.count = 0};
    while (above.length && indent && parents.count < DEEPEST) {
        struct slice line = cut_last_line(&above), content = slice_trim(line);
        if (!content.length || content.at[0] == '#' || indent_of(line) >= indent)
            continue;
        indent = indent_of(line);
        parents.keys[parents.count++] = key_of(line);
    }
    return parents;
}

/* The item that is typed in a map whose entries begin with keys; `entry` is the part of it so far.
 */
static struct typed typed_entry(enum kind kind, struct slice entry) {
    struct typed typed = {TYPING_KEY, kind, SLICE("")};
    entry = slice_trim(entry);
    if (!entry.length)
        return typed;
    if (cut_list(&entry))
        entry = slice_trim(entry);
    typed.attribute = name_before_colon(entry);
    bool is_end =
        kind == KIND_FLOW && (slice_is(typed.attribute, "from") || slice_is(typed.attribute, "to"));
    typed.what = !typed.attribute.length || typed.attribute.at != entry.at ? TYPING_NOTHING
                 : is_end                                                  ? TYPING_END
                                                                           : TYPING_VALUE;
    return typed;
}

/* After the last { or comma that no list holds; false where no map is open on the line. */
static bool open_map(struct slice line, struct slice *entry) {
    size_t depth = 0, start = 0, lists = 0;
    for (size_t i = 0; i < line.length; i++) {
        char c = line.at[i];
        depth += c == '{';
        depth -= c == '}' && depth;
        lists += c == '[';
        lists -= c == ']' && lists;
        if (c == '{' || (c == ',' && !lists))
            start = i + 1;
    }
    *entry = slice_part(line, start, line.length);
    return depth > 0;
}

struct typed typed_in_yaml(struct slice before) {
    struct slice above = before, line = cut_last_line(&above), entry;
    struct parents parents = parents_of(above, indent_of(line));
    struct slice section = parents.count ? parents.keys[parents.count - 1] : key_of(line);
    enum kind kind = section_find(section);
    size_t inside = kind == KIND_MODEL ? 1 : 2; /* keys around an attribute */
    bool in_map = open_map(line, &entry);
    if (slice_has(line, '#'))
        return nothing;
    if (!parents.count && !slice_trim(line).length)
        return (struct typed){TYPING_SECTION, KIND_COUNT, SLICE("")};
    if (kind == KIND_COUNT)
        return nothing;
    if (in_map)
        return parents.count + 1 == inside ? typed_entry(kind, entry) : nothing;
    if (parents.count == inside)
        return typed_entry(kind, line);
    if (parents.count == inside + 1 && slice_is(slice_trim(line), "-"))
        return (struct typed){TYPING_VALUE, kind, parents.keys[0]};
    return nothing;
}
