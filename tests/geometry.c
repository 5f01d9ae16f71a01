/* Looks for flaws in finished pictures: what a reader sees as one thing on top of another, and
 * lines that are hard to follow (faults.def). `geometry FILE.svg...` prints each as a line and
 * exits with 1 when there is any. Without arguments it tests itself on tests/geometry/WHAT-N.svg,
 * which have N of them, and on the samples and the models in tests/geometry, which have none; with
 * SLOW=1 it counts more pictures at random. */
// SPDX-License-Identifier: MIT
#include "pictures/drawn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* `model`: what it is drawn from; NULL: its shapes are in the order of their declarations. */
static size_t check_picture(const char *path, const char *model) {
    struct text dot = {0}, order = {0};
    size_t flows;
    if (model) {
        dot = output_of("stridec render --format dot -o - '%s'", model);
        order = declared_order(dot.at, &flows);
    }
    struct text svg = read_file(path);
    struct drawn drawn = read_drawn(svg.at);
    struct named_scene scene = make_scene(&drawn, order.at);
    struct counts counts;
    size_t count = count_collisions(&drawn, path) + tell_faults(&scene, &counts, path);
    if (!drawn.count) {
        printf("%s: nothing is drawn\n", path);
        count++;
    }
    free_scene(&scene);
    free_drawn(&drawn);
    free(svg.at), free(dot.at), free(order.at);
    return count;
}

static void planted_flaws_are_found(void **state) {
    struct paths paths = find_files("tests/geometry", ".svg");
    (void)state;
    assert_true(paths.count > 0);
    for (size_t i = 0; i < paths.count; i++) {
        const char *number = strrchr(paths.items[i], '-');
        assert_non_null(number);
        size_t expected = strtoul(number + 1, NULL, 10),
               found = check_picture(paths.items[i], NULL);
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
        char *model = format("%s/%s.dfd", root_folder(), samples.items[i]);
        assert_int_equal(check_picture(path, model), 0);
        free(model);
        free(script);
    }
    free_paths(&samples);
    remove_folder(folder);
    free(path);
    free(folder);
}

/* Of which an order that is only Graphviz's has some. */
static void models_have_none(void **state) {
    struct paths models = find_files("tests/geometry", ".dfd");
    char *folder = make_folder(), *path = format("%s/picture.svg", folder);
    (void)state;
    assert_true(models.count > 0);
    for (size_t i = 0; i < models.count; i++) {
        char *model = format("%s/%s", root_folder(), models.items[i]);
        char *script = format("stridec render --format svg -o - '%s'", model);
        assert_int_equal(run_command(&(struct command){.script = script, .output = path}), 0);
        assert_int_equal(check_picture(path, model), 0);
        free(script);
        free(model);
    }
    free_paths(&models);
    remove_folder(folder);
    free(path);
    free(folder);
}

/* ---- counting again ---------------------------------------------------------------------- */

#define SHAPES 6
#define FRAMES 2
#define LINES 14
#define SPOTS 4

struct sketch {
    struct shape shapes[SHAPES];
    struct frame frames[FRAMES];
    struct line lines[LINES];
    struct spot spots[LINES][SPOTS];
};

/* Few different places, so that lines meet, lie beside each other and run through everything. */
static extent random_extent(uint64_t *seed) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (extent)((*seed >> 33) % 90) * 3 * POINT;
}

static struct area random_area(uint64_t *seed, extent size) {
    extent left = random_extent(seed), top = random_extent(seed);
    return (struct area){left, top, left + size, top + size};
}

static void move_line(struct sketch *sketch, size_t i, uint64_t *seed) {
    struct line *line = &sketch->lines[i];
    for (size_t j = 0; j < SPOTS; j++)
        sketch->spots[i][j] = (struct spot){random_extent(seed), random_extent(seed)};
    for (size_t j = 1; i % 2 && j < SPOTS; j++) /* level, to lie just beside another one */
        sketch->spots[i][j].y = sketch->spots[i][0].y;
    line->area = spots_area(sketch->spots[i], SPOTS);
    line->head[0] = random_area(seed, 6 * POINT);
}

static struct scene random_scene(struct sketch *sketch, uint64_t *seed) {
    for (size_t i = 0; i < SHAPES; i++)
        sketch->shapes[i] = (struct shape){random_area(seed, 40 * POINT),
                                           i % (FRAMES + 1) ? i % (FRAMES + 1) - 1 : NOWHERE};
    for (size_t i = 0; i < FRAMES; i++)
        sketch->frames[i] =
            (struct frame){random_area(seed, 120 * POINT), random_area(seed, 20 * POINT), NOWHERE};
    for (size_t i = 0; i < LINES; i++) {
        sketch->lines[i] = (struct line){.from = i % SHAPES,
                                         .to = (i + 1 + i / SHAPES) % SHAPES,
                                         .label = random_area(seed, 20 * POINT),
                                         .spots = sketch->spots[i],
                                         .count = SPOTS,
                                         .heads = 1};
        move_line(sketch, i, seed);
    }
    return (struct scene){sketch->shapes, sketch->frames, sketch->lines, SHAPES, FRAMES,
                          LINES,          300 * POINT,    300 * POINT,   true};
}

/* Another scene in which some of the lines run elsewhere. */
static struct scene moved_scene(struct sketch *moved, const struct sketch *sketch,
                                struct scene scene, uint64_t *seed) {
    *moved = *sketch;
    for (size_t i = 0; i < LINES; i++) {
        moved->lines[i].spots = moved->spots[i];
        if (random_extent(seed) < 60 * POINT)
            move_line(moved, i, seed);
    }
    scene.lines = moved->lines;
    return scene;
}

static void a_change_is_counted_as_the_whole(void **state) {
    uint64_t seed = 1;
    bool is_moved[LINES];
    size_t lines[LINES], near[LINES], faults = 0;
    (void)state;
    const size_t count = getenv("SLOW") ? 2000 : 300;
    for (size_t i = 0; i < count; i++) {
        struct sketch one, other;
        struct scene before = random_scene(&one, &seed),
                     after = moved_scene(&other, &one, before, &seed);
        struct difference difference = {.is_moved = is_moved, .moved = lines, .near = near};
        struct counts again, whole;
        count_faults(&before, &again, NULL, NULL);
        count_again(&before, &after, &difference, &again);
        count_faults(&after, &whole, NULL, NULL);
        assert_memory_equal(&again, &whole, sizeof whole);
        for (enum fault fault = 0; fault < FAULT_COUNT; fault++)
            faults |= whole.of[fault] ? (size_t)1 << fault : 0;
    }
    assert_int_equal(faults, ((size_t)1 << FAULT_COUNT) - 1); /* each kind has been there */
}

int main(int count, char **arguments) {
    size_t found = 0;
    for (int i = 1; i < count; i++)
        found += check_picture(arguments[i], NULL);
    if (count > 1)
        return found ? 1 : 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planted_flaws_are_found),
        cmocka_unit_test(samples_have_none),
        cmocka_unit_test(models_have_none),
        cmocka_unit_test(a_change_is_counted_as_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
