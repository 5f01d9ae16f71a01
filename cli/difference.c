/* The shortest list of lines that go and come (Myers' greedy algorithm), as a unified diff. */
// SPDX-License-Identifier: MIT
#include "difference.h"

#include "report.h"

#include <stdlib.h>
#include <string.h>

/* More lines that differ are shown as one block: the search takes memory by their square. */
#define MOST_STEPS 2000
#define MOST_LINES ((size_t)1000000)
#define AROUND ((size_t)3) /* lines that are shown before and after a change */

struct side {
    struct line {
        const char *at;
        size_t length; /* without the line break */
    } * lines;
    bool *differs; /* by line: it is not in the other text */
    size_t count;
};

struct printer {
    const struct side *before, *after;
    bool color;
    stridec_sink *sink;
    void *context;
};

/* ---- lines ------------------------------------------------------------------------------- */

static bool split(struct side *side, const struct text *text) {
    size_t room = 1;
    for (size_t i = 0; i < text->length; i++)
        room += text->at[i] == '\n';
    *side = (struct side){calloc(room, sizeof *side->lines), calloc(room, sizeof(bool)), 0};
    if (!side->lines || !side->differs)
        return false;
    const char *at = text->at, *end = text->at + text->length;
    while (at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((line_end ? line_end : end) - at);
        side->lines[side->count++] = (struct line){at, length};
        at += length + (line_end != NULL);
    }
    return true;
}

static void release(struct side *side) {
    free(side->lines);
    free(side->differs);
}

static bool is_same_line(const struct side *a, size_t i, const struct side *b, size_t j) {
    return a->lines[i].length == b->lines[j].length &&
           memcmp(a->lines[i].at, b->lines[j].at, a->lines[i].length) == 0;
}

/* ---- comparing --------------------------------------------------------------------------- */

/* The lines between what both texts begin and end with. */
struct middle {
    struct side *a, *b;
    size_t first, a_count, b_count;
};

static struct middle middle_of(struct side *a, struct side *b) {
    size_t first = 0, last = 0, least = a->count < b->count ? a->count : b->count;
    while (first < least && is_same_line(a, first, b, first))
        first++;
    while (last < least - first && is_same_line(a, a->count - 1 - last, b, b->count - 1 - last))
        last++;
    return (struct middle){a, b, first, a->count - first - last, b->count - first - last};
}

/* Along the diagonal k = x - y, as far as lines are the same. */
static int slide(const struct middle *middle, int x, int k) {
    int y = x - k;
    while (x < (int)middle->a_count && y < (int)middle->b_count &&
           is_same_line(middle->a, middle->first + (size_t)x, middle->b, middle->first + (size_t)y))
        x++, y++;
    return x;
}

/* reached[d] holds, for each diagonal from -d to d, how far d steps get. */
static bool comes_from_above(const int *reached, int d, int k) {
    const int *before = reached + d - 1; /* its diagonal 0 */
    return k == -d || (k != d && before[k - 1] < before[k + 1]);
}

static int begin_of(const int *reached, int d, int k) {
    if (d == 0)
        return 0;
    const int *before = reached + d - 1;
    return comes_from_above(reached, d, k) ? before[k + 1] : before[k - 1] + 1;
}

/* Fills `reached` step by step; the number of steps, or -1 when there are too many. */
static int find_steps(const struct middle *middle, int **reached) {
    int wanted = (int)middle->a_count - (int)middle->b_count;
    for (int d = 0; d < MOST_STEPS; d++) {
        reached[d] = malloc(((size_t)d * 2 + 1) * sizeof **reached);
        if (!reached[d])
            return -1;
        for (int k = -d; k <= d; k += 2) {
            int x = slide(middle, begin_of(d ? reached[d - 1] : NULL, d, k), k);
            reached[d][d + k] = x;
            if (k == wanted && x >= (int)middle->a_count)
                return d;
        }
    }
    return -1;
}

/* Back from the end, step by step. */
static void mark_steps(const struct middle *middle, int **reached, int steps) {
    int k = (int)middle->a_count - (int)middle->b_count;
    for (int d = steps; d > 0; d--) {
        bool added = comes_from_above(reached[d - 1], d, k);
        int x = begin_of(reached[d - 1], d, k), y = x - k;
        if (added)
            middle->b->differs[middle->first + (size_t)y - 1] = true;
        else
            middle->a->differs[middle->first + (size_t)x - 1] = true;
        k += added ? 1 : -1;
    }
}

static void mark_all(const struct middle *middle) {
    for (size_t i = 0; i < middle->a_count; i++)
        middle->a->differs[middle->first + i] = true;
    for (size_t i = 0; i < middle->b_count; i++)
        middle->b->differs[middle->first + i] = true;
}

static void compare(struct side *a, struct side *b) {
    struct middle middle = middle_of(a, b);
    int **reached = calloc(MOST_STEPS, sizeof *reached);
    int steps = reached && middle.a_count < MOST_LINES && middle.b_count < MOST_LINES
                    ? find_steps(&middle, reached)
                    : -1;
    if (steps < 0)
        mark_all(&middle);
    else
        mark_steps(&middle, reached, steps);
    for (int d = 0; reached && d < MOST_STEPS; d++)
        free(reached[d]);
    free(reached);
}

/* ---- printing ---------------------------------------------------------------------------- */

static void put(const struct printer *printer, const char *text) {
    printer->sink(printer->context, text, strlen(text));
}

static void put_line(const struct printer *printer, char sign, const struct line *line) {
    const char *on = sign == '-' ? "\033[31m" : sign == '+' ? "\033[32m" : "";
    bool colored = printer->color && *on;
    bool crlf = line->length && line->at[line->length - 1] == '\r';
    if (colored)
        put(printer, on);
    printer->sink(printer->context, &sign, 1);
    stridec_write_text("terminal", line->at, line->length - crlf, printer->sink, printer->context);
    put(printer, colored ? "\033[0m\n" : "\n");
}

struct hunk {
    size_t a_first, b_first, a_end, b_end;
};

static size_t same_from(const struct printer *printer, size_t i, size_t j) {
    const struct side *a = printer->before, *b = printer->after;
    size_t same = 0;
    while (i + same < a->count && j + same < b->count && !a->differs[i + same] &&
           !b->differs[j + same])
        same++;
    return same;
}

/* Changes that few lines divide stand together. */
static void extend(const struct printer *printer, struct hunk *hunk) {
    const struct side *a = printer->before, *b = printer->after;
    for (;;) {
        while (hunk->a_end < a->count && a->differs[hunk->a_end])
            hunk->a_end++;
        while (hunk->b_end < b->count && b->differs[hunk->b_end])
            hunk->b_end++;
        size_t same = same_from(printer, hunk->a_end, hunk->b_end);
        bool is_last = hunk->a_end + same == a->count && hunk->b_end + same == b->count;
        bool ends = is_last || same > 2 * AROUND;
        size_t shown = ends && same > AROUND ? AROUND : same;
        hunk->a_end += shown;
        hunk->b_end += shown;
        if (ends)
            return;
    }
}

/* A side without lines is named by the line before it. */
static void put_hunk(const struct printer *printer, const struct hunk *hunk) {
    const struct side *a = printer->before, *b = printer->after;
    size_t i = hunk->a_first, j = hunk->b_first, gone = hunk->a_end - i, come = hunk->b_end - j;
    char head[128];
    snprintf(head, sizeof head, "@@ -%zu,%zu +%zu,%zu @@\n", i + (gone > 0), gone, j + (come > 0),
             come);
    put(printer, head);
    while (i < hunk->a_end || j < hunk->b_end) {
        if (i < hunk->a_end && a->differs[i])
            put_line(printer, '-', &a->lines[i++]);
        else if (j < hunk->b_end && b->differs[j])
            put_line(printer, '+', &b->lines[j++]);
        else
            put_line(printer, ' ', &a->lines[i++]), j++;
    }
}

static void put_hunks(const struct printer *printer) {
    struct hunk hunk = {0};
    for (;;) {
        size_t same = same_from(printer, hunk.a_end, hunk.b_end);
        size_t i = hunk.a_end + same, j = hunk.b_end + same;
        if (i == printer->before->count && j == printer->after->count)
            return;
        size_t lead = same < AROUND ? same : AROUND;
        hunk = (struct hunk){i - lead, j - lead, i, j};
        extend(printer, &hunk);
        put_hunk(printer, &hunk);
    }
}

static void put_path(const struct printer *printer, const char *sign, const char *path) {
    put(printer, sign);
    stridec_write_text("terminal", path, strlen(path), printer->sink, printer->context);
    put(printer, "\n");
}

void write_difference(const char *path, const struct text *before, const struct text *after,
                      bool color, stridec_sink *sink, void *context) {
    struct side a = {0}, b = {0};
    const struct printer printer = {&a, &b, color, sink, context};
    if (!split(&a, before) || !split(&b, after)) {
        complain("%s: no memory", path);
    } else if (!text_equals(before, after)) {
        compare(&a, &b);
        put_path(&printer, "--- ", path);
        put_path(&printer, "+++ ", path);
        put_hunks(&printer);
    }
    release(&a);
    release(&b);
}
