/* Slices of UTF-8 text, and the few things that are asked of them. A slice owns nothing. */
// SPDX-License-Identifier: MIT
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"
#include "base/character.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
    const char *at; /* not NUL-terminated; may be NULL when length is 0 */
    size_t length;
};

#define SLICE(literal) ((struct slice){"" literal, sizeof(literal) - 1})

struct slice slice_of(const char *text); /* up to its NUL; NULL gives the empty slice */
struct slice slice_copy(struct arena *arena, struct slice slice);
/* A copy with a NUL after it: the one way from a slice to a string of C. */
const char *slice_string(struct arena *arena, struct slice slice);
/* With the length of `b`: where that is a literal, the comparison is a few instructions in place. */
static inline bool slice_equal(struct slice a, struct slice b) {
    return a.length == b.length && (b.length == 0 || memcmp(a.at, b.at, b.length) == 0);
}
/* The length of a literal is known when this is compiled. */
static inline bool slice_is(struct slice slice, const char *text) {
    return slice_equal(slice, (struct slice){text, strlen(text)});
}
bool slice_starts(struct slice slice, const char *prefix);
bool slice_ends(struct slice slice, const char *suffix);
/* Without regard to the case of A to Z; `text` is in small letters. */
bool slice_is_any_case(struct slice slice, const char *text);
bool slice_ends_any_case(struct slice slice, const char *suffix);
/* The first eight bytes as a number. Where two of these differ, they are in the order of
 * slice_compare(). */
uint64_t slice_start(struct slice slice);
/* memcmp order, shorter first. */
int slice_compare(struct slice a, struct slice b);
/* The part from `start` on, at most `length` bytes. */
static inline struct slice slice_part(struct slice slice, size_t start, size_t length) {
    if (start > slice.length)
        start = slice.length;
    if (length > slice.length - start)
        length = slice.length - start;
    return (struct slice){start ? slice.at + start : slice.at, length};
}
/* A to Z only, whatever the locale. */
static inline char lower_letter(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}
/* Without blanks at both ends; see character_is_blank(). */
struct slice slice_trim(struct slice slice);
/* Has a character that can be seen. */
bool slice_is_visible(struct slice slice);
bool slice_has(struct slice slice, char c);
/* Shortens it to LABEL_LIMIT characters; false when it was longer. */
bool text_fits(struct slice *text);
/* The same with an ellipsis where something is missing: for all that is mentioned again. */
struct slice text_cut(struct arena *arena, struct slice text);
/* Cuts off and returns what stands before the next `separator`; false when nothing is left. */
bool slice_cut(struct slice *rest, char separator, struct slice *part);
/* What stands after the first `mark`; at = NULL where there is none. */
struct slice slice_after(struct slice slice, const char *mark);
/* A decimal number of at most nine digits, no sign. */
bool slice_number(struct slice slice, int *number);
/* The same with a '-' before it, or without. */
bool slice_integer(struct slice slice, int *number);

struct slice text_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The three joined, such as LETTER@SUBJECT. */
struct slice text_join(struct arena *arena, struct slice before, struct slice between,
                       struct slice after);
struct slice text_vformat(struct arena *arena, const char *format, va_list args);

/* For printf's "%.*s". */
#define SLICE_ARGS(slice) (int)(slice).length, (slice).at ? (slice).at : ""

/* Decodes the character at *at and moves past it. An ill-formed sequence gives -1 and moves one
 * byte (Unicode 15, table 3-7: no surrogates, no overlong forms). */
int32_t utf8_next(const char **at, const char *end);
/* Writes the character, returns how many bytes (1 to 4). */
size_t utf8_put(char *at, int32_t character);
size_t utf8_count(struct slice slice);
/* Columns on a terminal: 2 for East Asian wide characters and emoji, 0 for combining marks. */
size_t utf8_width(struct slice slice);
int character_width(int32_t character);

bool slice_equal_letters(struct slice a, struct slice b); /* without case, - and _ */
/* Optimal string alignment distance, without case; SIZE_MAX for what is longer than any name. */
size_t text_distance(struct slice a, struct slice b);
/* The nearest of `count` names, or -1 when none is near enough to be meant (edit distance with
 * transpositions and without case, at most a third of the length, rounded up). */
int text_nearest(struct slice name, const struct slice *names, size_t count);

#endif
