/* Slices, UTF-8, display width and near names. */
// SPDX-License-Identifier: MIT
#include "base/text.h"

#include "base/limits.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

struct slice slice_of(const char *text) {
    return (struct slice){text, text ? strlen(text) : 0};
}

struct slice slice_copy(struct arena *arena, struct slice slice) {
    return (struct slice){arena_copy(arena, slice.at, slice.length), slice.length};
}

const char *slice_string(struct arena *arena, struct slice slice) {
    return arena_copy(arena, slice.at, slice.length);
}

bool slice_starts(struct slice slice, const char *prefix) {
    size_t length = strlen(prefix);
    return slice.length >= length && memcmp(slice.at, prefix, length) == 0;
}

bool slice_ends(struct slice slice, const char *suffix) {
    size_t length = strlen(suffix);
    return slice.length >= length && memcmp(slice.at + slice.length - length, suffix, length) == 0;
}

bool slice_is_any_case(struct slice slice, const char *text) {
    bool same = slice.length == strlen(text);
    for (size_t i = 0; same && i < slice.length; i++)
        same = lower_letter(slice.at[i]) == text[i];
    return same;
}

bool slice_ends_any_case(struct slice slice, const char *suffix) {
    size_t length = strlen(suffix);
    return slice.length >= length &&
           slice_is_any_case(slice_part(slice, slice.length - length, length), suffix);
}

uint64_t slice_start(struct slice slice) {
    uint64_t start = 0;
    for (size_t i = 0; i < sizeof start; i++)
        start = start << 8 | (i < slice.length ? (unsigned char)slice.at[i] : 0);
    return start;
}

int slice_compare(struct slice a, struct slice b) {
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common ? memcmp(a.at, b.at, common) : 0;
    if (order)
        return order;
    return (a.length > b.length) - (a.length < b.length);
}

/* Where the last character begins. */
static size_t last_start(struct slice slice) {
    size_t start = slice.length - 1;
    while (start && slice.length - start < 4 && ((unsigned char)slice.at[start] & 0xc0) == 0x80)
        start--;
    return start;
}

struct slice slice_trim(struct slice slice) {
    if (!slice.length)
        return slice;
    const char *at = slice.at, *end = slice.at + slice.length;
    while (at < end && character_is_blank(utf8_next(&at, end)))
        slice = (struct slice){at, (size_t)(end - at)};
    while (slice.length) {
        size_t start = last_start(slice);
        at = slice.at + start;
        if (!character_is_blank(utf8_next(&at, slice.at + slice.length)))
            break;
        slice.length = start;
    }
    return slice;
}

bool slice_is_visible(struct slice slice) {
    const char *at = slice.length ? slice.at : "", *end = at + slice.length;
    while (at < end) {
        int32_t character = utf8_next(&at, end);
        if (!character_is_blank(character) && !character_is_hidden(character))
            return true;
    }
    return false;
}

bool slice_has(struct slice slice, char c) {
    return slice.length && memchr(slice.at, c, slice.length);
}

bool text_fits(struct slice *text) {
    if (text->length <= LABEL_LIMIT)
        return true;
    const char *at = text->at, *end = at + text->length;
    for (int count = 0; count < LABEL_LIMIT && at < end; count++)
        utf8_next(&at, end);
    text->length = (size_t)(at - text->at);
    return at == end;
}

struct slice text_cut(struct arena *arena, struct slice text) {
    return text_fits(&text) ? text : text_join(arena, text, SLICE("\u2026"), SLICE(""));
}

bool slice_cut(struct slice *rest, char separator, struct slice *part) {
    if (!rest->length)
        return false;
    const char *end = memchr(rest->at, separator, rest->length);
    size_t length = end ? (size_t)(end - rest->at) : rest->length;
    size_t cut = length + (end ? 1 : 0);
    *part = (struct slice){rest->at, length};
    *rest = (struct slice){rest->at + cut, rest->length - cut};
    return true;
}

struct slice slice_after(struct slice slice, const char *mark) {
    size_t length = strlen(mark);
    for (struct slice rest = slice; rest.length >= length;) {
        const char *at = memchr(rest.at, mark[0], rest.length - length + 1);
        if (!at)
            break;
        rest = (struct slice){at, rest.length - (size_t)(at - rest.at)};
        if (slice_starts(rest, mark))
            return slice_part(rest, length, rest.length);
        rest = slice_part(rest, 1, rest.length);
    }
    return (struct slice){0};
}

bool slice_number(struct slice slice, int *number) {
    int sum = 0;
    if (slice.length == 0 || slice.length > 9)
        return false;
    for (size_t i = 0; i < slice.length; i++) {
        if (slice.at[i] < '0' || slice.at[i] > '9')
            return false;
        sum = sum * 10 + (slice.at[i] - '0');
    }
    *number = sum;
    return true;
}

bool slice_integer(struct slice slice, int *number) {
    bool negative = slice_starts(slice, "-");
    if (!slice_number(slice_part(slice, negative, slice.length), number))
        return false;
    *number = negative ? -*number : *number;
    return true;
}

struct slice text_vformat(struct arena *arena, const char *format, va_list args) {
    char brief[128]; /* most are */
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(brief, sizeof brief, format, args);
    size_t size = length > 0 ? (size_t)length : 0;
    bool fits = size < sizeof brief;
    char *at = fits ? arena_copy(arena, brief, size) : arena_alloc(arena, size + 1);
    if (!fits)
        vsnprintf(at, size + 1, format, again);
    va_end(again);
    return (struct slice){at, size};
}

struct slice text_format(struct arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    struct slice text = text_vformat(arena, format, args);
    va_end(args);
    return text;
}

struct slice text_join(struct arena *arena, struct slice before, struct slice between,
                       struct slice after) {
    struct slice parts[] = {before, between, after};
    char *at = arena_alloc(arena, before.length + between.length + after.length + 1), *to = at;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].length)
            memcpy(to, parts[i].at, parts[i].length);
        to += parts[i].length;
    }
    return (struct slice){at, (size_t)(to - at)};
}

int32_t utf8_next(const char **at, const char *end) {
    unsigned char first = (unsigned char)**at;
    if (first < 0x80) {
        ++*at;
        return first;
    }
    utf8proc_int32_t character = -1;
    utf8proc_ssize_t used =
        utf8proc_iterate((const utf8proc_uint8_t *)*at, (utf8proc_ssize_t)(end - *at), &character);
    if (used <= 0) {
        ++*at;
        return -1;
    }
    *at += used;
    return character;
}

size_t utf8_put(char *at, int32_t character) {
    return (size_t)utf8proc_encode_char(character, (utf8proc_uint8_t *)at);
}

size_t utf8_count(struct slice slice) {
    size_t count = 0;
    for (size_t i = 0; i < slice.length; i++)
        count += ((unsigned char)slice.at[i] & 0xc0) != 0x80;
    return count;
}

int character_width(int32_t character) {
    if (character < 0)
        return 1;
    /* utf8proc 2.8 gives emoji with a text form (U+2600 block) width 1, as terminals do. */
    return utf8proc_charwidth(character);
}

size_t utf8_width(struct slice slice) {
    size_t width = 0;
    const char *end = slice.at + slice.length;
    for (const char *at = slice.at; at < end;)
        width += (size_t)character_width(utf8_next(&at, end));
    return width;
}

#define LONGEST_NAME 64

/* Optimal string alignment distance, without case; rows of the usual matrix, three at a time. */
static size_t edit_distance(struct slice a, struct slice b) {
    size_t rows[3][LONGEST_NAME + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= b.length; j++)
        last[j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            size_t best = last[j - 1] + (lower_letter(a.at[i - 1]) != lower_letter(b.at[j - 1]));
            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
        size_t *spare = before;
        before = last, last = now, now = spare;
    }
    return last[b.length];
}

size_t text_distance(struct slice a, struct slice b) {
    return a.length > LONGEST_NAME || b.length > LONGEST_NAME ? SIZE_MAX : edit_distance(a, b);
}

bool slice_equal_letters(struct slice a, struct slice b) {
    size_t i = 0, j = 0;
    for (;; i++, j++) {
        while (i < a.length && (a.at[i] == '-' || a.at[i] == '_'))
            i++;
        while (j < b.length && (b.at[j] == '-' || b.at[j] == '_'))
            j++;
        if (i == a.length || j == b.length)
            return i == a.length && j == b.length;
        if (lower_letter(a.at[i]) != lower_letter(b.at[j]))
            return false;
    }
}

int text_nearest(struct slice name, const struct slice *names, size_t count) {
    int nearest = -1;
    size_t best = name.length / 3 + (name.length % 3 != 0) + 1;
    if (name.length == 0 || name.length > LONGEST_NAME)
        return -1;
    for (size_t i = 0; i < count; i++) {
        size_t longer = names[i].length > name.length ? names[i].length : name.length;
        size_t shorter = names[i].length + name.length - longer;
        if (names[i].length > LONGEST_NAME || longer - shorter >= best)
            continue;
        size_t distance = edit_distance(name, names[i]);
        if (distance < best && distance < longer) {
            best = distance;
            nearest = (int)i;
        }
    }
    return nearest;
}
