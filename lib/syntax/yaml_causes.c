/* libyaml reports the place where its grammar broke, in its own words. People see lines, keys and
 * indentation: so the lines around the place are examined, and the message is about the line to
 * change. */
// SPDX-License-Identifier: MIT
#include "syntax/yaml_causes.h"

#include "model/kind.h"
#include "syntax/lexer.h"

struct line {
    uint32_t start; /* of its first character that is no blank */
    size_t indent;
    struct slice text; /* without indentation, comment lines are never taken */
    struct slice key;  /* of `key: value`, with a blank or line end after the colon; or empty */
    struct slice value;
};

static size_t find_colon(struct slice text) {
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] == ':' &&
            (i + 1 == text.length || text.at[i + 1] == ' ' || text.at[i + 1] == '\t'))
            return i;
    return text.length;
}

static struct line line_at(const struct source *source, uint32_t at) {
    const char *text = source->text.at;
    struct line line = {0};
    uint32_t start = at, end = at;
    while (start > 0 && text[start - 1] != '\n')
        start--;
    while (end < source->text.length && text[end] != '\n')
        end++;
    while (start + line.indent < end && text[start + line.indent] == ' ')
        line.indent++;
    line.start = start + (uint32_t)line.indent;
    line.text = slice_trim(slice_part(source->text, line.start, end - line.start));
    size_t colon = find_colon(line.text);
    if (colon < line.text.length) {
        line.key = slice_part(line.text, 0, colon);
        line.value = slice_trim(slice_part(line.text, colon + 1, line.text.length));
    }
    return line;
}

/* The line before this one that says something; its text is empty when there is none. */
static struct line line_before(const struct source *source, const struct line *line) {
    struct line before = *line;
    do {
        uint32_t start = before.start - (uint32_t)before.indent;
        if (!start)
            return (struct line){0};
        before = line_at(source, start - 1);
    } while (!before.text.length || *before.text.at == '#');
    return before;
}

static struct span span_of(const struct line *line, struct slice part) {
    uint32_t start = line->start + (uint32_t)(part.at ? part.at - line->text.at : 0);
    return (struct span){start, start + (uint32_t)(part.length ? part.length : 1)};
}

static bool opens_text(struct slice value) {
    return value.length && (*value.at == '|' || *value.at == '>');
}

/* kind:api */
static bool lacks_blank(struct slice text) {
    const char *colon = text.length ? memchr(text.at, ':', text.length) : NULL;
    return colon && colon > text.at && colon + 1 < text.at + text.length && colon[1] != '/' &&
           is_word_character(colon[1]) && find_colon(text) == text.length;
}

static struct yaml_cause missing_blank(struct arena *arena, const struct line *line) {
    struct slice rest = line->text, word, name;
    slice_cut(&rest, ' ', &word);
    rest = word;
    slice_cut(&rest, ':', &name);
    return (struct yaml_cause){span_of(line, word), SLICE("a blank is missing after ':'"),
                               text_format(arena, "write '%.*s: %.*s'",
                                           SLICE_ARGS(slice_part(name, 0, 40)),
                                           SLICE_ARGS(slice_part(rest, 0, 40)))};
}

/* The line stands deeper than one that is complete. */
static struct yaml_cause too_deep(struct arena *arena, const struct line *line,
                                  const struct line *before) {
    struct yaml_cause cause = {span_of(line, line->key.length ? line->key : line->text),
                               text_format(arena,
                                           "this line stands deeper than '%.*s', which has "
                                           "its value already",
                                           SLICE_ARGS(slice_part(before->key, 0, 40))),
                               {0}};
    if (line->indent == before->indent + 1)
        cause.hint = SLICE("take one blank away");
    else
        cause.hint = text_format(arena,
                                 "indent both alike, or write that value below '%.*s' as "
                                 "'label: ...'",
                                 SLICE_ARGS(slice_part(before->key, 0, 40)));
    return cause;
}

/* The line stands less deep than the one before, and as no line above. */
static struct yaml_cause too_shallow(struct arena *arena, const struct source *source,
                                     const struct line *line, struct line before) {
    size_t deeper = before.indent;
    while (before.text.length && before.indent > line->indent) {
        deeper = before.indent;
        before = line_before(source, &before);
    }
    return (struct yaml_cause){span_of(line, line->key.length ? line->key : line->text),
                               SLICE("this line is indented as none of the lines above"),
                               text_format(arena, "%zu blanks here; above are %zu and %zu",
                                           line->indent, deeper,
                                           before.text.length ? before.indent : 0)};
}

/* The line belongs to a text that begins above it. */
static bool goes_on(const struct source *source, const struct line *line) {
    struct line above = line_before(source, line);
    return above.text.length && above.value.length && above.indent < line->indent;
}

/* A key at the beginning of its line: the line before shows why it cannot stand here. */
static bool find_indentation(struct arena *arena, const struct source *source, uint32_t at,
                             struct yaml_cause *cause) {
    struct line line = line_at(source, at), before = line_before(source, &line);
    bool first = at <= line.start + (uint32_t)line.key.length;
    if (!first || !before.text.length || *line.text.at == '"' || *line.text.at == '\'')
        return false;
    if (lacks_blank(before.text))
        *cause = missing_blank(arena, &before);
    else if (line.indent > before.indent && before.key.length && before.value.length &&
             !opens_text(before.value))
        *cause = too_deep(arena, &line, &before);
    else if (line.indent < before.indent)
        *cause = too_shallow(arena, source, &line, before);
    else if (!before.key.length && line.indent >= before.indent && !goes_on(source, &before))
        *cause = (struct yaml_cause){
            span_of(&before, before.text), SLICE("a key ends in ':' and a blank"), {0}};
    else
        return false;
    return true;
}

/* A line that should be a key. */
static struct yaml_cause unfinished_key(struct arena *arena, const struct source *source,
                                        uint32_t context) {
    struct line line = line_at(source, context), before = line_before(source, &line);
    if (lacks_blank(line.text))
        return missing_blank(arena, &line);
    struct yaml_cause cause = {span_of(&line, line.text), SLICE("this key has no ':'"),
                               SLICE("a key ends in ':' and a blank")};
    if (opens_text(before.value) && line.indent <= before.indent)
        cause.hint = text_format(arena, "the text of '%.*s' stands deeper than its key",
                                 SLICE_ARGS(slice_part(before.key, 0, 40)));
    return cause;
}

/* { label: GET /: all } and { label: GET /{id} }: text without quotes that has what means something
 * between brackets; from its first character to the end of its line, or to what ends the entry. */
static bool find_text(const struct source *source, uint32_t at, uint32_t context,
                      struct span *found) {
    const char *text = source->text.at;
    uint32_t start = at, end = at;
    bool nested = at < source->text.length && slice_has(SLICE("{["), text[at]);
    if (at >= source->text.length || !slice_has(SLICE(":{["), text[at]))
        return false;
    while (start > context + 1 && !slice_has(SLICE(",{[\n"), text[start - 1]))
        start--;
    struct slice entry = source_slice(source, (struct span){start, at});
    size_t colon = find_colon(entry);
    if (colon < entry.length)
        start += (uint32_t)colon + 1;
    while (start < at && slice_has(SLICE(" \t"), text[start]))
        start++;
    while (end < source->text.length && text[end] != '\n' && text[end] != ',' &&
           (nested || !slice_has(SLICE("}]"), text[end]))) {
        nested &= !slice_has(SLICE("}]"), text[end]);
        end++;
    }
    while (end > at && slice_has(SLICE(" \t\r"), text[end - 1]))
        end--;
    *found = (struct span){start, end};
    bool is_key = text[at] == ':' && colon == entry.length; /* the bracket ends above it */
    return !is_key && start < at && text[start] != '"' && text[start] != '\'' && end > at;
}

/* { from: u to: p }: a key of ours directly before the colon, behind a value and a blank; or "". */
static struct slice key_before(const struct source *source, uint32_t at) {
    static const char *const heads[] = {"from", "to", "label"};
    uint32_t start = at;
    while (start && is_word_character(source->text.at[start - 1]))
        start--;
    struct slice word = source_slice(source, (struct span){start, at});
    bool alone = start && source->text.at[start - 1] == ' ' && at < source->text.length &&
                 source->text.at[at] == ':';
    while (start && source->text.at[start - 1] == ' ')
        start--;
    alone = alone && start && !slice_has(SLICE(":,{[\n"), source->text.at[start - 1]);
    for (size_t i = 0; alone && i < sizeof heads / sizeof *heads; i++)
        if (slice_is(word, heads[i]))
            return word;
    for (size_t i = 0; alone && i < ATTRIBUTE_COUNT; i++)
        if (slice_is(word, attribute_rows[i].name))
            return word;
    return SLICE("");
}

static struct yaml_cause unclosed_bracket(struct arena *arena, const struct source *source,
                                          uint32_t at, uint32_t context) {
    struct slice open = slice_part(source->text, context, 1);
    struct line line = line_at(source, at);
    if (at > context && slice_is(slice_part(source->text, at, 1), ":") && lacks_blank(line.text))
        return (struct yaml_cause){{at, at + 1}, SLICE("a blank is missing after ':'"), {0}};
    struct span unquoted;
    struct slice next = key_before(source, at);
    if (next.length)
        return (struct yaml_cause){
            {(uint32_t)(next.at - source->text.at), at},
            text_format(arena, "a ',' is missing before '%.*s'", SLICE_ARGS(next)),
            {0}};
    if (at > context && find_text(source, at, context, &unquoted)) {
        struct slice text = source_slice(source, unquoted);
        bool plain = text.length < 60 && !slice_has(text, '"') && !slice_has(text, '\\');
        return (struct yaml_cause){
            unquoted,
            text_format(arena, "text with '%c' in it belongs in quotes", source->text.at[at]),
            plain ? text_format(arena, "write \"%.*s\"", SLICE_ARGS(text)) : SLICE("")};
    }
    return (struct yaml_cause){
        {context, context + 1},
        text_format(arena, "the '%.*s' that begins here is not closed", SLICE_ARGS(open)),
        {0}};
}

static bool is_problem(const char *problem, const char *text) {
    return strcmp(problem, text) == 0;
}

/* The hint for a problem that needs no look at other lines. */
static const char *find_hint(const char *problem) {
    static const char *const hints[][2] = {
        {"mapping values are not allowed in this context",
         "text with ': ' in it belongs in quotes"},
        {"found character that cannot start any token", "text that begins so belongs in quotes"},
        {"block sequence entries are not allowed in this context",
         "text that begins so belongs in quotes"},
        {"mapping keys are not allowed in this context", "text that begins so belongs in quotes"},
        {"found unexpected end of stream", "this is not closed"},
        {"found unexpected ':'", "a blank is missing after ':'"},
        {"did not find expected comment or line break", "the text begins on the next line"},
        {"did not find expected <document start>",
         "what stands above is indented: sections begin at the margin"},
        {"did not find expected key",
         "is a quote or bracket missing, or is it indented otherwise?"},
        {"found unknown escape character", "a backslash in double quotes is written \\\\"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (is_problem(problem, hints[i][0]))
            return hints[i][1];
    return NULL;
}

/* A quote inside of quotes: label: 'it's' */
static bool is_after_quote(const struct source *source, uint32_t at) {
    struct line line = line_at(source, at);
    struct slice before =
        slice_trim(slice_part(line.text, 0, at > line.start ? at - line.start : 0));
    return slice_ends(before, "'") || slice_ends(before, "\"");
}

struct yaml_cause find_yaml_cause(struct arena *arena, const struct source *source,
                                  const char *problem, uint32_t at, uint32_t context) {
    struct slice text = source->text;
    struct yaml_cause cause = {{at, at + (at < text.length)},
                               slice_copy(arena, slice_of(problem)),
                               slice_of(find_hint(problem))};
    bool key = is_problem(problem, "did not find expected key");
    if (at < text.length && text.at[at] == '\t')
        return (struct yaml_cause){
            cause.span, SLICE("YAML is indented with blanks, not with tabs"), {0}};
    if (is_problem(problem, "could not find expected ':'"))
        return unfinished_key(arena, source, context);
    if (is_problem(problem, "did not find expected ',' or ']'") ||
        is_problem(problem, "did not find expected ',' or '}'"))
        return unclosed_bracket(arena, source, at, context);
    if (key && is_after_quote(source, at))
        cause.hint = SLICE("the quote before it ends the text: double it, or use the other quotes");
    else if (key || is_problem(problem, "mapping values are not allowed in this context"))
        find_indentation(arena, source, at, &cause);
    return cause;
}
