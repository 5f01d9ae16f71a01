/* Looks for flaws in finished pictures: what a reader sees as one thing on top of another, and
 * lines that are hard to follow (faults.def). `geometry FILE.svg...` prints each as a line and
 * exits with 1 when there is any. Without arguments it tests itself on tests/geometry/WHAT-N.svg,
 * which have N of them, and on the samples and the models in tests/geometry, which have none. */
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
