/* Attributes of drawn shapes: which are kept, and what each may say. Coordinates are rounded to one
 * decimal; colours are those of the palette. */
// SPDX-License-Identifier: MIT
#include "emit/svg.h"

#include <string.h>

#define FAR 1e12

bool next_attribute(struct slice *rest, struct slice *name, struct slice *value) {
    *rest = slice_trim(*rest);
    const char *quote = rest->length ? memchr(rest->at, '"', rest->length) : NULL;
    if (!quote || quote < rest->at + 2 || quote[-1] != '=')
        return false;
    *name = slice_part(*rest, 0, (size_t)(quote - rest->at) - 1);
    *rest = slice_part(*rest, name->length + 2, rest->length);
    const char *close = rest->length ? memchr(rest->at, '"', rest->length) : NULL;
    if (!close)
        return false;
    *value = slice_part(*rest, 0, (size_t)(close - rest->at));
    *rest = slice_part(*rest, value->length + 1, rest->length);
    return true;
}

struct slice attribute_value(struct slice attributes, const char *wanted) {
    struct slice name, value;
    while (next_attribute(&attributes, &name, &value))
        if (slice_is(name, wanted))
            return value;
    return (struct slice){0};
}

struct slice plain_text(struct arena *arena, struct slice text, const struct reference *rows,
                        size_t count) {
    struct memory_writer plain;
    memory_writer_open(&plain, arena);
    while (text.length) {
        size_t i = 0;
        while (i < count && !slice_starts(text, rows[i].written))
            i++;
        write_char(&plain.writer, i < count ? rows[i].plain : text.at[0]);
        text = slice_part(text, i < count ? strlen(rows[i].written) : 1, text.length);
    }
    return memory_writer_close(&plain);
}

/* ---- numbers ----------------------------------------------------------------------------- */

static bool has_digit(struct slice text, size_t i) {
    return i < text.length && is_digit(text.at[i]);
}

/* A number with at most one decimal, rounded half away from zero; "-0" and ".0" are not written.
 * This is most of what a picture consists of, so it goes without format strings. Returns how long
 * it was; 0 when there is none, or one that no page is wide enough for. */
static size_t write_number(struct writer *writer, struct slice text, double *number) {
    char digits[24], *start = digits + sizeof digits;
    size_t at = text.length && text.at[0] == '-', first = at;
    bool negative = at;
    unsigned long long tenths = 0;
    for (; has_digit(text, at); at++) {
        if (at - first == LONGEST_NUMBER)
            return 0;
        tenths = tenths * 10 + (unsigned)(text.at[at] - '0');
    }
    if (at == first)
        return 0;
    tenths *= 10;
    if (at < text.length && text.at[at] == '.') {
        if (!has_digit(text, ++at))
            return 0;
        tenths += (unsigned)(text.at[at++] - '0');
        if (has_digit(text, at))
            tenths += text.at[at] >= '5';
        while (has_digit(text, at))
            at++;
    }
    *number = (negative ? -0.1 : 0.1) * (double)tenths;
    if (tenths % 10) {
        *--start = (char)('0' + tenths % 10);
        *--start = '.';
    }
    unsigned long long whole = tenths / 10;
    do
        *--start = (char)('0' + whole % 10);
    while (whole /= 10);
    if (negative && tenths)
        *--start = '-';
    write_bytes(writer, start, (size_t)(digits + sizeof digits - start));
    return at;
}

struct slice tenths_text(struct arena *arena, size_t tenths) {
    return tenths % 10 ? text_format(arena, "%zu.%zu", tenths / 10, tenths % 10)
                       : text_format(arena, "%zu", tenths / 10);
}

bool write_single_number(struct writer *writer, struct slice text, double *number) {
    return text.length && write_number(writer, text, number) == text.length;
}

static void enlarge(struct box *box, double x, double y) {
    box->left = x < box->left ? x : box->left;
    box->right = x > box->right ? x : box->right;
    box->top = y < box->top ? y : box->top;
    box->bottom = y > box->bottom ? y : box->bottom;
}

/* "1,2", and how long it was; 0 for anything else. */
static size_t write_pair(struct writer *writer, struct slice text, struct box *box) {
    double x, y;
    size_t first = write_number(writer, text, &x);
    if (!first || first == text.length || text.at[first] != ',')
        return 0;
    write_char(writer, ',');
    size_t second = write_number(writer, slice_part(text, first + 1, text.length), &y);
    if (!second)
        return 0;
    enlarge(box, x, y);
    return first + 1 + second;
}

/* Pairs with a blank between them; Graphviz also writes one after the last pair of a polyline. A
 * path begins with M, and C or L may stand for the blank. */
static bool write_pairs(struct writer *writer, struct slice rest, bool path, struct box *box) {
    if (path && !slice_starts(rest, "M"))
        return false;
    if (path)
        write_char(writer, 'M');
    rest = slice_part(rest, path, rest.length);
    do {
        size_t length = write_pair(writer, rest, box);
        if (!length)
            return false;
        rest = slice_part(rest, length, rest.length);
        if (!rest.length)
            return true;
        char between = rest.at[0];
        if (between != ' ' && !(path && (between == 'C' || between == 'L')))
            return false;
        write_char(writer, between);
        rest = slice_part(rest, 1, rest.length);
    } while (rest.length);
    return !path;
}

bool write_translation(struct writer *writer, struct slice transform, double *x, double *y) {
    static const char before[] = "scale(1 1) rotate(0) translate(";
    if (!slice_starts(transform, before) || !slice_ends(transform, ")"))
        return false;
    struct slice rest =
        slice_part(transform, sizeof before - 1, transform.length - (sizeof before - 1) - 1);
    struct slice across;
    write_string(writer, before);
    if (!slice_cut(&rest, ' ', &across) || !write_single_number(writer, across, x))
        return false;
    write_char(writer, ' ');
    bool fine = write_single_number(writer, rest, y);
    write_char(writer, ')');
    return fine;
}

/* ---- what is kept ------------------------------------------------------------------------ */

static bool write_paint(struct writer *writer, struct slice value, struct box *box) {
    (void)box;
    bool none = slice_is(value, "none") || slice_is(value, "transparent");
    if (none) /* the other is no colour of SVG 1.1 */
        value = SLICE("none");
    for (size_t i = 0; i < palette_count && !none; i++)
        none = slice_is(value, palette[i].light);
    write_slice(writer, value);
    return none;
}

static bool write_width(struct writer *writer, struct slice value, struct box *box) {
    double number;
    (void)box;
    bool narrow = value.length == 1 || (value.length > 1 && value.at[1] == '.');
    return narrow && write_single_number(writer, value, &number);
}

static bool write_dashes(struct writer *writer, struct slice value, struct box *box) {
    (void)box;
    write_slice(writer, value);
    return slice_is(value, "5,2");
}

static bool write_points(struct writer *writer, struct slice value, struct box *box) {
    return write_pairs(writer, value, false, box);
}

static bool write_path(struct writer *writer, struct slice value, struct box *box) {
    return write_pairs(writer, value, true, box);
}

static const struct {
    struct slice name;
    /* False when it makes no sense. */
    bool (*write)(struct writer *writer, struct slice value, struct box *box);
} kept_attributes[] = {
    {{"fill", 4}, write_paint},    {{"stroke", 6}, write_paint},
    {{"points", 6}, write_points}, {{"stroke-width", 12}, write_width},
    {{"d", 1}, write_path},        {{"stroke-dasharray", 16}, write_dashes},
};

bool write_shape(struct writer *writer, struct slice name, struct slice attributes,
                 struct box *box) {
    unsigned written = 0;
    struct slice key, value;
    *box = (struct box){FAR, FAR, -FAR, -FAR};
    write_char(writer, '<');
    write_slice(writer, name);
    while (next_attribute(&attributes, &key, &value)) {
        size_t i = 0, count = sizeof kept_attributes / sizeof *kept_attributes;
        while (i < count && !slice_equal(key, kept_attributes[i].name))
            i++;
        if (i == count)
            continue;
        if (written >> i & 1) /* twice is not well-formed */
            return false;
        written |= 1u << i;
        write_char(writer, ' ');
        write_slice(writer, key);
        write_string(writer, "=\"");
        if (!kept_attributes[i].write(writer, value, box))
            return false;
        write_char(writer, '"');
    }
    write_string(writer, "/>\n");
    return !slice_trim(attributes).length;
}
