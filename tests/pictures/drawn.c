/* Reads a finished SVG. */
// SPDX-License-Identifier: MIT
#include "drawn.h"

#include "metrics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const what_words[] = {"", "boundary", "title", "label", "shape", "line", "legend"};

/* What an open group's contents belong to. */
struct group {
    enum what what;
    bool titles; /* its texts are the titles of boundaries */
    size_t index;
};

struct reader {
    struct drawn *drawn;
    struct group groups[DEPTH_LIMIT];
    size_t depth;
};

static extent units(double number) {
    return (extent)(number * 100 + (number < 0 ? -0.5 : 0.5));
}

static void stretch(struct thing *thing, struct spot spot) {
    struct area *box = &thing->box;
    if (!thing->drawn) {
        *box = (struct area){spot.x, spot.y, spot.x, spot.y};
        thing->drawn = true;
        return;
    }
    box->left = spot.x < box->left ? spot.x : box->left;
    box->right = spot.x > box->right ? spot.x : box->right;
    box->top = spot.y < box->top ? spot.y : box->top;
    box->bottom = spot.y > box->bottom ? spot.y : box->bottom;
}

static void *room_for_one(void *items, size_t count, size_t size) {
    if (count & (count - 1)) /* grows when it is 0 or a power of two */
        return items;
    void *larger = realloc(items, (count ? count * 2 : 1) * size);
    assert_non_null(larger);
    return larger;
}

/* ---- attributes -------------------------------------------------------------------------- */

/* The attribute's value in `tag`, which ends at its '>'; "" when it is not there. */
static void read_attribute(const char *tag, const char *name, char *value, size_t size) {
    char mark[40];
    snprintf(mark, sizeof mark, " %s=\"", name);
    const char *end = strchr(tag, '>'), *at = strstr(tag, mark);
    size_t length = 0;
    if (at && at < end) {
        at += strlen(mark);
        length = strcspn(at, "\"");
    }
    if (length >= size)
        length = size - 1;
    memcpy(value, at ? at : "", length);
    value[length] = '\0';
}

static double read_number(const char *tag, const char *name) {
    char value[40];
    read_attribute(tag, name, value, sizeof value);
    return strtod(value, NULL);
}

/* Pairs of numbers, with whatever stands between them; the caller frees them. */
static struct spot *read_spots(const char *tag, const char *attribute, size_t *count) {
    size_t length = strcspn(tag, ">") + 1;
    char *text = malloc(length);
    struct spot *spots = NULL;
    double x = 0;
    assert_non_null(text);
    read_attribute(tag, attribute, text, length);
    *count = 0;
    size_t numbers = 0;
    for (const char *at = text; *at;) {
        char *end;
        double number = strtod(at, &end);
        if (end == at) {
            at++;
            continue;
        }
        at = end;
        if (numbers++ % 2 == 0) {
            x = number;
            continue;
        }
        spots = room_for_one(spots, *count, sizeof *spots);
        spots[(*count)++] = (struct spot){units(x), units(number)};
    }
    free(text);
    return spots;
}

/* ---- groups ------------------------------------------------------------------------------ */

static size_t add_thing(struct drawn *drawn, enum what what, const char *name) {
    drawn->things = room_for_one(drawn->things, drawn->count, sizeof *drawn->things);
    struct thing *thing = &drawn->things[drawn->count];
    *thing = (struct thing){.what = what};
    snprintf(thing->name, sizeof thing->name, "%s", name);
    return drawn->count++;
}

/* The name of a half is the first word of its title. */
static size_t add_half(struct drawn *drawn, const char *tag) {
    drawn->halves = room_for_one(drawn->halves, drawn->half_count, sizeof *drawn->halves);
    struct half *half = &drawn->halves[drawn->half_count];
    *half = (struct half){.count = 0};
    const char *title = strchr(tag, '>');
    title = title ? title + 1 + strspn(title + 1, "\n") : "";
    if (strncmp(title, "<title>", 7) == 0)
        snprintf(half->name, sizeof half->name, "%.*s", (int)strcspn(title + 7, " <"), title + 7);
    return drawn->half_count++;
}

/* Groups inside of an element's, such as a chip, are part of it. */
static void open_group(struct reader *reader, const char *tag) {
    char class[80], id[NAME_LENGTH];
    assert_true(reader->depth < DEPTH_LIMIT);
    struct group group = {0};
    if (reader->depth)
        group = reader->groups[reader->depth - 1];
    read_attribute(tag, "class", class, sizeof class);
    read_attribute(tag, "id", id, sizeof id);
    enum what what = strstr(class, "cluster")     ? BOUNDARY
                     : strstr(class, "flowlabel") ? LABEL
                     : strstr(class, "node")      ? SHAPE
                     : strstr(class, "edge")      ? HALF
                                                  : NOTHING;
    if (what)
        group = (struct group){what, false,
                               what == HALF ? add_half(reader->drawn, tag)
                                            : add_thing(reader->drawn, what, id)};
    group.titles = group.titles || strcmp(class, "tb-label") == 0;
    reader->groups[reader->depth++] = group;
}

/* ---- text -------------------------------------------------------------------------------- */

static void decode(char *text) {
    static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#160;"};
    static const char plain[] = "&<>\"' ";
    char *to = text;
    for (char *at = text; *at;) {
        size_t i = 0;
        while (i < 6 && strncmp(at, names[i], strlen(names[i])) != 0)
            i++;
        *to++ = i < 6 ? plain[i] : *at;
        at += i < 6 ? strlen(names[i]) : 1;
    }
    *to = '\0';
}

/* In the widest of the fonts that readers have: DejaVu Sans, 8 % wider in bold than what is measured.
 * That is asked of names and letters in their boxes, which stand in the middle of them. */
#define WIDEST 1.085

static struct area text_box(const char *tag, const char *text) {
    char weight[20], anchor[20];
    double x = read_number(tag, "x"), y = read_number(tag, "y"),
           size = read_number(tag, "font-size");
    read_attribute(tag, "font-weight", weight, sizeof weight);
    read_attribute(tag, "text-anchor", anchor, sizeof anchor);
    double width = text_width(text, strcmp(weight, "bold") == 0) * size / 1000;
    if (strcmp(anchor, "middle") == 0) {
        width *= WIDEST;
        x -= width / 2;
    }
    return (struct area){units(x), units(y - size * 0.75), units(x + width), units(y + size * 0.2)};
}

/* A title of several lines is one thing: the first begins with its number. */
static void add_title(struct drawn *drawn, const char *text, struct area box) {
    bool begins = strncmp(text, "TB", 2) == 0 && strspn(text + 2, "0123456789") > 0;
    size_t at = drawn->count - 1;
    if (begins || !drawn->count || drawn->things[at].what != TITLE)
        at = add_thing(drawn, TITLE, text);
    struct thing *last = &drawn->things[at];
    stretch(last, (struct spot){box.left, box.top});
    stretch(last, (struct spot){box.right, box.bottom});
}

static void take_text(struct reader *reader, const char *tag) {
    char text[1024];
    const char *start = strchr(tag, '>') + 1;
    snprintf(text, sizeof text, "%.*s", (int)strcspn(start, "<"), start);
    decode(text);
    struct drawn *drawn = reader->drawn;
    struct group *group = &reader->groups[reader->depth - 1];
    struct area box = text_box(tag, text);
    if (group->titles) {
        add_title(drawn, text, box);
    } else if (!group->what) {
        size_t at = add_thing(drawn, LEGEND, text);
        struct thing *line = &drawn->things[at];
        line->box = box, line->drawn = true;
    } else if (group->what && group->what != HALF) {
        drawn->inscriptions = room_for_one(drawn->inscriptions, drawn->inscription_count,
                                           sizeof *drawn->inscriptions);
        struct inscription *added = &drawn->inscriptions[drawn->inscription_count++];
        *added = (struct inscription){.box = box, .thing = group->index};
        snprintf(added->name, sizeof added->name, "%.*s", NAME_LENGTH - 1, text);
    }
}

/* ---- lines ------------------------------------------------------------------------------- */

static bool is_straight(const struct spot *four) {
    return distance_to_segment(four[1], four[0], four[3]) < POINT / 5 &&
           distance_to_segment(four[2], four[0], four[3]) < POINT / 5;
}

#define STEPS 8 /* of a curve */

static struct spot on_curve(const struct spot *four, int step) {
    double t = (double)step / STEPS, u = 1 - t;
    double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
    return (struct spot){(extent)(a * (double)four[0].x + b * (double)four[1].x +
                                  c * (double)four[2].x + d * (double)four[3].x),
                         (extent)(a * (double)four[0].y + b * (double)four[1].y +
                                  c * (double)four[2].y + d * (double)four[3].y)};
}

static void add_spot(struct half *half, struct spot spot) {
    half->spots = room_for_one(half->spots, half->count, sizeof *half->spots);
    half->spots[half->count++] = spot;
}

static void take_line(struct half *half, const char *tag) {
    size_t count;
    struct spot *spots = read_spots(tag, "d", &count);
    if (count)
        add_spot(half, spots[0]);
    for (size_t i = 0; i + 3 < count; i += 3) {
        bool straight = is_straight(spots + i);
        for (int step = straight ? STEPS : 1; step <= STEPS; step++)
            add_spot(half, on_curve(spots + i, step));
    }
    free(spots);
}

/* The tip is the corner that is farthest from the line. */
static void take_head(struct half *half, const char *tag) {
    size_t count;
    struct spot *spots = read_spots(tag, "points", &count);
    extent farthest = -1;
    for (size_t i = 0; i < count && half->count; i++) {
        extent start = distance(spots[i], half->spots[0]);
        extent end = distance(spots[i], half->spots[half->count - 1]);
        extent far = start < end ? start : end;
        if (far > farthest)
            half->tip = spots[i];
        farthest = far > farthest ? far : farthest;
    }
    half->has_head = farthest >= 0;
    if (count)
        half->head = spots_area(spots, count);
    free(spots);
}

static void take_outline(struct reader *reader, const char *tag, const char *attribute) {
    struct group *group = &reader->groups[reader->depth - 1];
    size_t count;
    if (group->what == HALF) {
        struct half *half = &reader->drawn->halves[group->index];
        if (strcmp(attribute, "d") == 0)
            take_line(half, tag);
        else
            take_head(half, tag);
    } else if (group->what) {
        struct spot *spots = read_spots(tag, attribute, &count);
        for (size_t i = 0; i < count; i++)
            stretch(&reader->drawn->things[group->index], spots[i]);
        free(spots);
    }
}

/* ---- the whole --------------------------------------------------------------------------- */

static bool begins(const char *tag, const char *name) {
    size_t length = strlen(name);
    return strncmp(tag + 1, name, length) == 0 && strchr(" >/", tag[length + 1]);
}

static void take_tag(struct reader *reader, const char *tag) {
    if (begins(tag, "svg")) {
        reader->drawn->width = units(read_number(tag, "width"));
        reader->drawn->height = units(read_number(tag, "height"));
    } else if (begins(tag, "g"))
        open_group(reader, tag);
    else if (!reader->depth)
        return;
    else if (begins(tag, "/g"))
        reader->depth--;
    else if (begins(tag, "text"))
        take_text(reader, tag);
    else if (begins(tag, "path"))
        take_outline(reader, tag, "d");
    else if (begins(tag, "polygon") || begins(tag, "polyline"))
        take_outline(reader, tag, "points");
}

struct drawn read_drawn(const char *svg) {
    struct drawn drawn = {0};
    struct reader reader = {.drawn = &drawn};
    for (const char *at = svg; (at = strchr(at, '<')) && strchr(at, '>'); at++)
        take_tag(&reader, at);
    return drawn;
}

void free_drawn(struct drawn *drawn) {
    for (size_t i = 0; i < drawn->half_count; i++)
        free(drawn->halves[i].spots);
    free(drawn->halves);
    free(drawn->things);
    free(drawn->inscriptions);
}
