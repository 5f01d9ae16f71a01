/* A row of foreign.def is a claim about the beginning of a text or about its outermost keys. It is
 * tried only on files that do not compile. A model with mistakes must not be taken for something
 * else: so patterns hold at the first token, where a model has a word of ours, and never in the
 * middle, where a label may say anything. */
// SPDX-License-Identifier: MIT
#include "syntax/foreign.h"

#include "base/mark.h"
#include "diag/source.h"
#include "model/kind.h"
#include "syntax/lexer.h"
#include "syntax/synonyms.h"

#include <string.h>

enum how {
    HOW_BYTES,
    HOW_BINARY,
    HOW_ROOT,
    HOW_MARKUP,
    HOW_KEYS,
    HOW_JSON,
    HOW_OUR_YAML,
    HOW_OTHER_YAML,
    HOW_HEAD,
    HOW_HEAD_ALONE,
    HOW_OUR_DSL,
    HOW_MARKDOWN,
    HOW_TABLE
};

#define ADVICE_BEGIN "write the model in .dfd or .yaml; `stridec init` writes one to begin with"
#define ADVICE_MODEL "give the model that it was made from"
#define ADVICE_YAML "let its name end in .yaml (standard input: --stdin-name NAME.yaml)"
#define ADVICE_DSL "let its name end in .dfd (standard input: --stdin-name NAME.dfd)"

static const struct foreign_row {
    enum how how;
    struct slice pattern;
    struct foreign foreign;
} rows[] = {
#define FOREIGN(how, pattern, name, advice)                                                        \
    {HOW_##how, {pattern, sizeof(pattern) - 1}, {name, ADVICE_##advice}},
#include "syntax/foreign.def"
#undef FOREIGN
};

#define MOST_KEYS 64

struct suspect {
    struct slice text;  /* all of it */
    struct slice start; /* from its first token on */
    bool is_yaml, is_ours, is_json;
    struct slice keys[MOST_KEYS]; /* on the outermost level; none when it does not begin with one */
    size_t key_count;
};

static struct slice skip_bytes(struct slice text, size_t length) {
    return slice_part(text, length, text.length);
}

/* strchr also finds the NUL that ends its string, and a text may hold a NUL. */
static bool is_one_of(char c, const char *characters) {
    return c && strchr(characters, c);
}

static struct slice skip_blanks(struct slice text) {
    size_t length = 0;
    while (length < text.length && is_one_of(text.at[length], " \t\r\n"))
        length++;
    return skip_bytes(text, length);
}

static struct slice first_line(struct slice text) {
    const char *newline = text.length ? memchr(text.at, '\n', text.length) : NULL;
    return slice_trim(slice_part(text, 0, newline ? (size_t)(newline - text.at) : text.length));
}

static struct slice skip_line(struct slice text) {
    const char *newline = text.length ? memchr(text.at, '\n', text.length) : NULL;
    return skip_bytes(text, newline ? (size_t)(newline - text.at) + 1 : text.length);
}

/* The text after the next `end`, or the end of the text. */
static struct slice skip_to(struct slice text, const char *end) {
    size_t length = strlen(end);
    while (text.length >= length && memcmp(text.at, end, length) != 0) {
        const char *next = memchr(text.at + 1, *end, text.length - 1);
        text = skip_bytes(text, next ? (size_t)(next - text.at) : text.length);
    }
    return skip_bytes(text, length);
}

/* ---- tokens ------------------------------------------------------------------------------ */

/* The front matter of a document stands between two lines of dashes; a YAML file has the first one
 * alone. */
static struct slice skip_front_matter(struct slice text) {
    struct slice rest = skip_to(text, "\n---");
    return rest.length ? skip_line(rest) : skip_line(text);
}

/* Skips comments of all languages of the table, and other things that may precede a first
 * statement. */
static struct slice skip_preamble(struct slice text) {
    static const char *const comments[] = {"#", "//", "%%", "'", "%YAML"};
    for (;;) {
        struct slice before = text = skip_blanks(text);
        for (size_t i = 0; i < sizeof comments / sizeof *comments; i++)
            if (slice_starts(text, comments[i]))
                text = skip_line(text);
        if (slice_starts(text, "/*"))
            text = skip_to(text, "*/");
        else if (slice_starts(text, "\"\"\""))
            text = skip_to(skip_bytes(text, 3), "\"\"\"");
        else if (slice_starts(text, "---"))
            text = skip_front_matter(text);
        else if (slice_starts(text, "import ") && !slice_has(first_line(text), '"'))
            text = skip_line(text); /* of a program; ours has a string */
        if (text.length == before.length)
            return text;
    }
}

/* A word, a string with its quotes or one character; empty at the end. */
static struct slice take_token(struct slice *rest) {
    struct slice text = skip_blanks(*rest);
    size_t length = 0;
    while (length < text.length && is_word_character(text.at[length]))
        length++;
    bool string = !length && text.length && *text.at == '"';
    length += !length && text.length;
    while (string && length < text.length && text.at[length] != '"')
        length += text.at[length] == '\\' ? 2 : 1;
    length += string;
    if (length > text.length)
        length = text.length;
    *rest = skip_bytes(text, length);
    return slice_part(text, 0, length);
}

static bool is_string(struct slice token) {
    return token.length && *token.at == '"';
}

static bool is_word_token(struct slice token) {
    return token.length && is_word_character(*token.at);
}

static bool fits_token(struct slice token, struct slice choices) {
    struct slice choice;
    while (slice_cut(&choices, '|', &choice))
        if (slice_is(choice, "WORD")     ? is_word_token(token)
            : slice_is(choice, "STRING") ? is_string(token)
                                         : slice_equal(choice, token))
            return true;
    return false;
}

static bool begins_with_tokens(const struct suspect *suspect, struct slice pattern) {
    struct slice rest = suspect->start, choices;
    while (slice_cut(&pattern, ' ', &choices))
        if (!fits_token(take_token(&rest), choices))
            return false;
    return true;
}

/* ---- keys -------------------------------------------------------------------------------- */

static void add_key(struct suspect *suspect, struct slice key) {
    if (suspect->key_count < MOST_KEYS)
        suspect->keys[suspect->key_count++] = key;
}

/* Strings before a ':' inside of the outermost braces. */
static void find_json_keys(struct suspect *suspect) {
    struct slice rest = suspect->start, last = {0};
    for (int depth = 0; rest.length;) {
        struct slice token = take_token(&rest);
        if (!token.length)
            return;
        depth += (*token.at == '{') + (*token.at == '[') - (*token.at == '}') - (*token.at == ']');
        if (*token.at == ':' && depth == 1 && is_string(last) && last.length >= 2)
            add_key(suspect, slice_part(last, 1, last.length - 2));
        last = token;
    }
}

/* The key that the line begins with, without quotes; empty when there is none. */
static struct slice key_of_line(struct slice line) {
    struct slice rest = line, key = take_token(&rest);
    if (!key.length || key.at != line.at || !(is_word(key) || is_string(key) || *key.at == '$'))
        return SLICE("");
    if (*key.at == '$')
        key.length += take_token(&rest).length;
    bool colon =
        rest.length && *rest.at == ':' && (rest.length == 1 || is_one_of(rest.at[1], " \t"));
    if (!colon)
        return SLICE("");
    return is_string(key) && key.length >= 2 ? slice_part(key, 1, key.length - 2) : key;
}

static void find_yaml_keys(struct suspect *suspect) {
    struct slice rest = suspect->start, line;
    while (slice_cut(&rest, '\n', &line)) {
        if (slice_ends(line, "\r"))
            line.length--;
        struct slice key = key_of_line(line);
        if (key.length)
            add_key(suspect, key);
    }
}

static void find_keys(struct suspect *suspect) {
    struct slice rest = suspect->start, open = take_token(&rest), next = take_token(&rest);
    suspect->is_json =
        open.length && ((*open.at == '{' && (is_string(next) || slice_is(next, "}"))) ||
                        (*open.at == '[' && slice_ends(slice_trim(suspect->start), "]")));
    if (suspect->is_json && *open.at == '{')
        find_json_keys(suspect);
    else if (key_of_line(first_line(suspect->start)).length)
        find_yaml_keys(suspect);
}

static bool has_key(const struct suspect *suspect, struct slice key) {
    for (size_t i = 0; i < suspect->key_count; i++)
        if (slice_equal(suspect->keys[i], key))
            return true;
    return false;
}

static bool has_keys(const struct suspect *suspect, struct slice keys) {
    struct slice key;
    while (slice_cut(&keys, ' ', &key))
        if (!has_key(suspect, key))
            return false;
    return true;
}

static bool is_section(struct slice key) {
    return section_find(key) != KIND_COUNT || slice_is(key, "imports");
}

/* A line at the margin that begins a section, wherever it stands. */
static bool has_section_line(struct slice text) {
    struct slice line, key;
    while (slice_cut(&text, '\n', &line))
        if (slice_has(line, ':') && slice_cut(&line, ':', &key) && is_section(key))
            return true;
    return false;
}

static bool has_section(const struct suspect *suspect) {
    for (size_t i = 0; i < suspect->key_count; i++)
        if (is_section(suspect->keys[i]))
            return true;
    return false;
}

/* Whether the author of a model may have written the key: a section with a slip in it, or an
 * attribute outside of its declaration. */
static bool is_nearly_ours(struct slice key) {
    struct slice names[KIND_COUNT + 1 + ATTRIBUTE_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < KIND_COUNT; i++)
        names[count++] = slice_of(*kind_rows[i].section ? kind_rows[i].section : kind_rows[i].word);
    names[count++] = SLICE("imports");
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if (slice_is(key, attribute_rows[i].name))
            return true;
    return section_meant(key) || text_nearest(key, names, count) >= 0;
}

/* ---- markup ------------------------------------------------------------------------------ */

/* The name of the outermost element, without its prefix. */
static struct slice root_element(struct slice text) {
    text = skip_blanks(text);
    while (slice_starts(text, "<?") || slice_starts(text, "<!")) {
        if (slice_starts(text, "<!DOCTYPE html") || slice_starts(text, "<!doctype html"))
            return SLICE("html");
        text = slice_starts(text, "<!--") ? skip_to(text, "-->") : skip_to(text, ">");
        text = skip_blanks(text);
    }
    if (!slice_starts(text, "<"))
        return SLICE("");
    struct slice rest = skip_bytes(text, 1), name = take_token(&rest);
    if (slice_starts(rest, ":")) {
        rest = skip_bytes(rest, 1);
        name = take_token(&rest);
    }
    return is_word(name) && name.at > text.at && *name.at != '-' ? name : SLICE("");
}

static bool is_markup(const struct suspect *suspect) {
    struct slice text = slice_trim(suspect->text);
    return slice_starts(text, "<?xml") ||
           (root_element(text).length && slice_ends(text, ">") && !suspect->is_ours);
}

/* ---- text -------------------------------------------------------------------------------- */

static bool begins_with_dsl(const struct suspect *suspect) {
    struct slice rest = suspect->start, first = take_token(&rest), second = take_token(&rest);
    if (suspect->key_count || !is_word(first))
        return false;
    if (slice_is(second, "-"))
        return slice_starts(rest, ">");
    if (slice_is(first, "import"))
        return is_string(second);
    return kind_find(first) != KIND_COUNT &&
           (is_word(second) || is_string(second) || slice_is(second, "{"));
}

/* Whether the line has at least `least` words, the first of which begins no declaration, and no
 * sign of a declaration. */
static bool is_prose(struct slice line, size_t least) {
    struct slice rest = line, word = take_token(&rest);
    size_t words = 0;
    if (kind_find(word) != KIND_COUNT || kind_meant(word) || slice_has(line, '{') ||
        slice_has(line, '}') || slice_ends(line, ";"))
        return false;
    for (rest = line; slice_cut(&rest, ' ', &word); words += word.length > 0)
        if (slice_is(word, "->") || slice_is(word, "="))
            return false;
    return words >= least;
}

static bool has_fence(struct slice text) {
    struct slice line;
    while (slice_cut(&text, '\n', &line))
        if (slice_starts(line, "```"))
            return true;
    return false;
}

/* Skips a mark that begins lines only in Markdown. Our comments begin with '#', but seldom with two
 * and a blank. */
static struct slice skip_mark(struct slice line) {
    static const char *const marks[] = {"```", "- ", "* ", "> ", "| ", "|-", "![", "[", "1. "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (slice_starts(line, marks[i]))
            return skip_bytes(line, strlen(marks[i]));
    return line;
}

static bool has_marks(struct slice text) {
    struct slice line;
    while (slice_cut(&text, '\n', &line))
        if (slice_starts(line, "## ") || skip_mark(line).length < line.length)
            return true;
    return false;
}

static bool is_markdown(const struct suspect *suspect) {
    struct slice line = first_line(suspect->start), rest = skip_mark(line);
    struct slice inside = rest, word = take_token(&inside);
    if (suspect->is_ours)
        return is_prose(line, 4) && has_fence(suspect->text);
    if (kind_find(word) != KIND_COUNT || kind_meant(word))
        return false;
    return rest.length < line.length || is_prose(line, has_marks(suspect->text) ? 2 : 4);
}

static size_t count_of(struct slice text, char c) {
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += text.at[i] == c;
    return count;
}

/* Whether two lines have equally many separators, and nothing is ours. */
static bool is_table(const struct suspect *suspect) {
    static const char separators[] = ",;\t";
    struct slice rest = suspect->start, line = first_line(rest), word = take_token(&rest);
    struct slice next = first_line(skip_blanks(skip_line(suspect->start)));
    if (suspect->is_ours || kind_find(word) != KIND_COUNT || kind_meant(word) ||
        slice_has(line, '{') || slice_has(line, '>'))
        return false;
    for (const char *at = separators; *at; at++)
        if (count_of(line, *at) && count_of(line, *at) == count_of(next, *at))
            return true;
    return false;
}

/* No section of ours, and more than one key that nobody who writes a model would mean. Under
 * another name than YAML's one is enough. */
static bool is_other_yaml(const struct suspect *suspect) {
    size_t strangers = 0;
    for (size_t i = 0; i < suspect->key_count; i++)
        strangers += !is_nearly_ours(suspect->keys[i]);
    return strangers > suspect->is_yaml && strangers * 2 > suspect->key_count &&
           !has_section(suspect) && !suspect->is_ours;
}

/* ---- all rows ---------------------------------------------------------------------------- */

/* Prose may begin with a word of ours too; then more follows that means nothing. */
static bool is_whole(const struct item *item) {
    const struct head *head = item->head;
    return item_block(item) || word_text(&head->label).at || word_text(&ends_of(head)->to).length ||
           (word_text(&head->name).length && item->end == head->name.end);
}

static bool item_is_ours(const struct item *item) {
    return item->kind == ITEM_DECLARATION && is_whole(item) &&
           (item->arrow || kind_find(word_text(&item->word)) != KIND_COUNT ||
            slice_is(word_text(&item->word), "import"));
}

bool tree_is_ours(const struct tree *tree) {
    for (const struct item *item = tree->file.items; item; item = item->next)
        if (item_is_ours(item))
            return true;
    return false;
}

bool tree_is_mostly_ours(const struct tree *tree, size_t mistakes) {
    size_t ours = 0;
    if (!mistakes)
        return true;
    for (const struct item *item = tree->file.items; item; item = item->next)
        ours += item_is_ours(item);
    return mistakes <= ours;
}

static bool fits(const struct suspect *suspect, const struct foreign_row *row) {
    switch (row->how) {
    case HOW_BYTES:
        return suspect->text.length >= row->pattern.length &&
               memcmp(suspect->text.at, row->pattern.at, row->pattern.length) == 0;
    case HOW_BINARY:
        return !suspect->is_ours && slice_has(slice_part(suspect->text, 0, 4096), '\0');
    case HOW_ROOT:
        return slice_equal(root_element(suspect->text), row->pattern);
    case HOW_MARKUP:
        return is_markup(suspect);
    case HOW_KEYS:
        return has_keys(suspect, row->pattern);
    case HOW_JSON:
        return suspect->is_json && !has_section(suspect);
    case HOW_OUR_YAML:
        return !suspect->is_yaml && !suspect->is_ours && has_section(suspect);
    case HOW_OTHER_YAML:
        return is_other_yaml(suspect);
    case HOW_HEAD:
        return begins_with_tokens(suspect, row->pattern);
    case HOW_HEAD_ALONE:
        return !suspect->is_ours && begins_with_tokens(suspect, row->pattern);
    case HOW_OUR_DSL:
        return suspect->is_yaml && begins_with_dsl(suspect);
    case HOW_MARKDOWN:
        return is_markdown(suspect);
    case HOW_TABLE:
        return is_table(suspect);
    }
    return false;
}

bool find_foreign(struct arena *arena, const struct tree *tree, bool is_yaml,
                  struct foreign *foreign) {
    struct suspect *suspect = ARENA_NEW(arena, struct suspect);
    suspect->text = tree->source->text;
    suspect->start = skip_preamble(suspect->text);
    suspect->is_yaml = is_yaml;
    suspect->is_ours = is_yaml ? has_section_line(suspect->text) : tree_is_ours(tree);
    if (!suspect->start.length || source_encoding(tree->source))
        return false;
    find_keys(suspect);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!fits(suspect, &rows[i]))
            continue;
        *foreign = rows[i].foreign;
        return true;
    }
    return false;
}
