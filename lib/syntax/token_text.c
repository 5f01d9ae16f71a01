/* What a token says: quotes off, escapes resolved, indentation taken off. The lexer has reported
 * what is wrong with it. */
// SPDX-License-Identifier: MIT
#include "syntax/lexer.h"

static struct slice unescape(struct arena *arena, struct slice raw) {
    char *copy = arena_alloc(arena, raw.length + 1), *to = copy;
    const char *end = raw.at + raw.length;
    for (const char *at = raw.at; at < end; at++) {
        if (*at != '\\' || at + 1 == end) {
            *to++ = *at;
            continue;
        }
        switch (*++at) {
        case 'n':
            *to++ = '\n';
            break;
        case 't':
            *to++ = '\t';
            break;
        case 'r':
            *to++ = '\r';
            break;
        case 'u': {
            int32_t value = 0;
            for (at += 2; at < end && hex_digit(*at) >= 0; at++)
                value = (value & 0xffffff) << 4 | hex_digit(*at);
            to += utf8_put(to, value);
            break;
        }
        default:
            *to++ = *at;
        }
    }
    return (struct slice){copy, (size_t)(to - copy)};
}

static size_t common_indent(struct slice text) {
    size_t common = text.length;
    struct slice line;
    while (slice_cut(&text, '\n', &line)) {
        size_t indent = 0;
        while (indent < line.length && (line.at[indent] == ' ' || line.at[indent] == '\t'))
            indent++;
        if (indent < line.length && line.at[indent] != '\r' && indent < common)
            common = indent;
    }
    return common;
}

/* The first and the last line break are not part of a text, nor is the indentation that all of its
 * lines share. */
static struct slice dedent(struct arena *arena, struct slice raw) {
    bool several = slice_has(raw, '\n');
    struct slice rest = raw, line;
    if (several &&
        slice_trim(
            slice_part(raw, 0, (size_t)((const char *)memchr(raw.at, '\n', raw.length) - raw.at)))
                .length == 0)
        slice_cut(&rest, '\n', &line);
    size_t indent = several ? common_indent(rest) : 0;
    char *copy = arena_alloc(arena, raw.length + 1), *to = copy;
    while (slice_cut(&rest, '\n', &line)) {
        if (slice_ends(line, "\r"))
            line.length--;
        if (several && !rest.length && !slice_trim(line).length)
            break;
        struct slice kept =
            slice_trim(line).length ? slice_part(line, indent, line.length) : (struct slice){"", 0};
        if (to != copy)
            *to++ = '\n';
        if (kept.length)
            memcpy(to, kept.at, kept.length);
        to += kept.length;
    }
    return (struct slice){copy, (size_t)(to - copy)};
}

struct slice token_text(struct arena *arena, const struct source *source,
                        const struct token *token) {
    struct slice raw = source_slice(source, (struct span){token->start, token->end});
    if (token->kind == TOKEN_WORD)
        return raw;
    if (token->kind == TOKEN_TEXT) {
        raw = slice_part(raw, 3, raw.length);
        if (slice_ends(raw, "\"\"\""))
            raw.length -= 3;
        return dedent(arena, raw);
    }
    bool plain = raw.at[0] == '"';
    raw = slice_part(raw, plain ? 1 : 3, raw.length);
    if (plain && slice_ends(raw, "\""))
        raw.length--;
    else if (!plain && (slice_ends(raw, "\u201d") || slice_ends(raw, "\u201c")))
        raw.length -= 3;
    return slice_has(raw, '\\') ? unescape(arena, raw) : raw;
}
