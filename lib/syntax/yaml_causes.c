/* libyaml reports the place where its grammar broke, in its own words. People see lines, keys and
 * indentation: so the lines around the place are examined, and the message is about the line to
 * change. */
// SPDX-License-Identifier: MIT
#include "syntax/yaml_causes.h"

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

static struct yaml_cause unclosed_bracket(struct arena *arena, const struct source *source,
                                          uint32_t at, uint32_t context) {
    struct slice open = slice_part(source->text, context, 1);
    struct line line = line_at(source, at);
    if (at > context && slice_is(slice_part(source->text, at, 1), ":") && lacks_blank(line.text))
        return (struct yaml_cause){{at, at + 1}, SLICE("a blank is missing after ':'"), {0}};
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
