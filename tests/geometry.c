/* Looks for collisions in finished pictures: what a reader sees as one thing on top of another.
 * `geometry FILE.svg...` prints each as a line and exits with 1 when there is any. Without
 * arguments it tests itself on tests/geometry/WHAT-N.svg, which have N of them, and the samples,
 * which have none. It knows our pictures only: all shapes in one coordinate system, text from its
 * left end. */
// SPDX-License-Identifier: MIT
#include "support.h"

#include "metrics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOLERANCE 0.5
#define NAME_LENGTH 120
#define DEPTH_LIMIT 32

struct box {
    double left, top, right, bottom;
    bool empty;
};

enum what { NOTHING, BOUNDARY, TITLE, LABEL, SHAPE };
static const char *const words[] = {"", "boundary", "title", "label", "shape"};

/* Something with a box: a boundary, its title, a flow's label, an element. */
struct thing {
    enum what what;
    char name[NAME_LENGTH];
    struct box box;
};

/* A text that has to lie inside of the thing it belongs to. */
struct inscription {
    char name[NAME_LENGTH];
    struct box box;
    size_t thing;
};

struct group {
    enum what what;
    bool titles; /* its texts are the titles of boundaries */
    size_t thing;
};

struct scene {
    struct thing *things;
    size_t count;
    struct inscription *inscriptions;
    size_t inscription_count;
    struct group groups[DEPTH_LIMIT];
    size_t depth;
};

/* ---- boxes ------------------------------------------------------------------------------- */

static void stretch(struct box *box, double x, double y) {
    if (box->empty) {
        *box = (struct box){x, y, x, y, false};
        return;
    }
    box->left = x < box->left ? x : box->left;
    box->right = x > box->right ? x : box->right;
    box->top = y < box->top ? y : box->top;
    box->bottom = y > box->bottom ? y : box->bottom;
}

static bool overlap(const struct box *a, const struct box *b) {
    return !a->empty && !b->empty && a->left < b->right - TOLERANCE &&
           b->left < a->right - TOLERANCE && a->top < b->bottom - TOLERANCE &&
           b->top < a->bottom - TOLERANCE;
}

static bool inside(const struct box *a, const struct box *b) {
    return a->left >= b->left - TOLERANCE && a->right <= b->right + TOLERANCE &&
           a->top >= b->top - TOLERANCE && a->bottom <= b->bottom + TOLERANCE;
}

/* Pairs of numbers, with whatever stands between them. */
static void stretch_over(struct box *box, const char *points) {
    double x = 0;
    for (size_t i = 0; *points;) {
        char *end;
        double number = strtod(points, &end);
        if (end == points) {
            points++;
            continue;
        }
        points = end;
        if (i++ % 2 == 0)
            x = number;
        else
            stretch(box, x, number);
    }
}

/* ---- reading ----------------------------------------------------------------------------- */

static void *room_for_one(void *items, size_t count, size_t size) {
    if (count & (count - 1)) /* grows when it is 0 or a power of two */
        return items;
    void *larger = realloc(items, (count ? count * 2 : 1) * size);
    assert_non_null(larger);
    return larger;
}

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

static size_t add_thing(struct scene *scene, enum what what, const char *name) {
    scene->things = room_for_one(scene->things, scene->count, sizeof *scene->things);
    struct thing *thing = &scene->things[scene->count];
    *thing = (struct thing){.what = what, .box.empty = true};
    snprintf(thing->name, sizeof thing->name, "%s", name);
    return scene->count++;
}

/* Groups inside of an element's, such as a chip, are part of it. */
static void open_group(struct scene *scene, const char *tag) {
    char class[80], id[NAME_LENGTH];
    assert_true(scene->depth < DEPTH_LIMIT);
    struct group group = {0};
    if (scene->depth)
        group = scene->groups[scene->depth - 1];
    read_attribute(tag, "class", class, sizeof class);
    read_attribute(tag, "id", id, sizeof id);
    enum what what = strstr(class, "cluster")     ? BOUNDARY
                     : strstr(class, "flowlabel") ? LABEL
                     : strstr(class, "node")      ? SHAPE
                                                  : NOTHING;
    if (what)
        group = (struct group){what, false, add_thing(scene, what, id)};
    group.titles = group.titles || strcmp(class, "tb-label") == 0;
    scene->groups[scene->depth++] = group;
}

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

static struct box text_box(const char *tag, const char *text) {
    char weight[20];
    double x = read_number(tag, "x"), y = read_number(tag, "y"),
           size = read_number(tag, "font-size");
    read_attribute(tag, "font-weight", weight, sizeof weight);
    double width = text_width(text, strcmp(weight, "bold") == 0) * size / 1000;
    return (struct box){x, y - size * 0.75, x + width, y + size * 0.2, false};
}

static void take_text(struct scene *scene, const char *tag) {
    char text[1024];
    const char *start = strchr(tag, '>') + 1;
    snprintf(text, sizeof text, "%.*s", (int)strcspn(start, "<"), start);
    decode(text);
    struct group *group = &scene->groups[scene->depth - 1];
    struct box box = text_box(tag, text);
    if (group->titles) {
        size_t title = add_thing(scene, TITLE, text);
        scene->things[title].box = box;
    } else if (group->what) {
        scene->inscriptions = room_for_one(scene->inscriptions, scene->inscription_count,
                                           sizeof *scene->inscriptions);
        struct inscription *added = &scene->inscriptions[scene->inscription_count++];
        *added = (struct inscription){.box = box, .thing = group->thing};
        snprintf(added->name, sizeof added->name, "%.*s", NAME_LENGTH - 1, text);
    }
}

static void take_outline(struct scene *scene, const char *tag, const char *attribute) {
    struct group *group = &scene->groups[scene->depth - 1];
    if (!group->what)
        return;
    size_t length = strcspn(tag, ">") + 1;
    char *points = malloc(length);
    assert_non_null(points);
    read_attribute(tag, attribute, points, length);
    stretch_over(&scene->things[group->thing].box, points);
    free(points);
}

static bool begins(const char *tag, const char *name) {
    size_t length = strlen(name);
    return strncmp(tag + 1, name, length) == 0 && strchr(" >/", tag[length + 1]);
}

static void take_tag(struct scene *scene, const char *tag) {
    if (begins(tag, "g"))
        open_group(scene, tag);
    else if (!scene->depth)
        return;
    else if (begins(tag, "/g"))
        scene->depth--;
    else if (begins(tag, "text"))
        take_text(scene, tag);
    else if (begins(tag, "path"))
        take_outline(scene, tag, "d");
    else if (begins(tag, "polygon") || begins(tag, "polyline"))
        take_outline(scene, tag, "points");
}

static struct scene read_scene(const char *svg) {
    struct scene scene = {0};
    for (const char *at = svg; (at = strchr(at, '<')) && strchr(at, '>'); at++)
        take_tag(&scene, at);
    return scene;
}

/* ---- collisions -------------------------------------------------------------------------- */

/* Boundaries may lie inside each other, and all else inside of them; nothing else may overlap. */
static bool collide(const struct thing *a, const struct thing *b) {
    if (!overlap(&a->box, &b->box))
        return false;
    bool a_fits = b->what == BOUNDARY && inside(&a->box, &b->box);
    bool b_fits = a->what == BOUNDARY && inside(&b->box, &a->box);
    return !a_fits && !b_fits;
}

static size_t count_collisions(const struct scene *scene, const char *path) {
    size_t count = 0;
    for (size_t i = 0; i < scene->count; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct thing *a = &scene->things[j], *b = &scene->things[i];
            if (!collide(a, b))
                continue;
            count++;
            printf("%s: %s %s and %s %s overlap\n", path, words[a->what], a->name, words[b->what],
                   b->name);
        }
    }
    for (size_t i = 0; i < scene->inscription_count; i++) {
        const struct inscription *text = &scene->inscriptions[i];
        const struct thing *around = &scene->things[text->thing];
        if (inside(&text->box, &around->box))
            continue;
        count++;
        printf("%s: text '%s' sticks out of %s %s\n", path, text->name, words[around->what],
               around->name);
    }
    return count;
}

static size_t check_picture(const char *path) {
    struct text svg = read_file(path);
    struct scene scene = read_scene(svg.at);
    size_t count = count_collisions(&scene, path);
    if (!scene.count) {
        printf("%s: nothing is drawn\n", path);
        count++;
    }
    free(scene.things);
    free(scene.inscriptions);
    free(svg.at);
    return count;
}

/* ---- tests ------------------------------------------------------------------------------- */

static void planted_overlaps_are_found(void **state) {
    struct paths paths = find_files("tests/geometry", ".svg");
    (void)state;
    assert_true(paths.count > 0);
    for (size_t i = 0; i < paths.count; i++) {
        const char *number = strrchr(paths.items[i], '-');
        assert_non_null(number);
        size_t expected = strtoul(number + 1, NULL, 10), found = check_picture(paths.items[i]);
        if (found != expected)
            fail_msg("%s: found %zu", paths.items[i], found);
    }
    free_paths(&paths);
}

static void samples_have_none(void **state) {
    struct paths samples = find_samples();
    char *folder = make_folder(), *path = format("%s/picture.svg", folder);
    (void)state;
    for (size_t i = 0; i < samples.count; i++) {
        char *script =
            format("stridec render --format svg -o - \"$ROOT/%s.dfd\"", samples.items[i]);
        assert_int_equal(run_command(&(struct command){.script = script, .output = path}), 0);
        assert_int_equal(check_picture(path), 0);
        free(script);
    }
    free_paths(&samples);
    remove_folder(folder);
    free(path);
    free(folder);
}

int main(int count, char **arguments) {
    size_t found = 0;
    for (int i = 1; i < count; i++)
        found += check_picture(arguments[i]);
    if (count > 1)
        return found ? 1 : 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planted_overlaps_are_found),
        cmocka_unit_test(samples_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
