/* Models that are too large for one picture: an overview and pages, which link to each other, leave
 * no element out, cost nothing when nothing changes, and are there whatever the layout does. With
 * SLOW=1 also models of 5,000 elements in the shapes that are hardest, under limits of time and
 * memory. */
// SPDX-License-Identifier: MIT
#include "support.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- models ------------------------------------------------------------------------------ */

enum shape { ZONES, NO_ZONE, ONE_ZONE, NESTED, STAR, DENSE, FAR, SHAPE_COUNT };
static const char *const shape_names[] = {"zones", "no boundary", "one boundary", "nested",
                                          "star",  "dense",       "far"};

static void say(struct text *text, const char *pattern, size_t a, size_t b, size_t c) {
    char line[160];
    int length = snprintf(line, sizeof line, pattern, a, b, c);
    text_add(text, line, (size_t)length);
}

static void say_elements(struct text *text, size_t first, size_t end) {
    for (size_t i = first; i < end; i++)
        say(text, i % 5 == 4 ? "  store e%zu \"Store %zu\"\n" : "  process e%zu \"Service %zu\"\n",
            i, i, 0);
}

#define NESTING 60

/* Some declarations lie in no boundary, the rest as the shape says. */
static void say_boundaries(struct text *text, enum shape shape, size_t count) {
    size_t zone = shape == ONE_ZONE ? count : shape == NESTED ? count / NESTING : 12, made = 0;
    say(text, "external e0 \"Customer\"\n", 0, 0, 0);
    if (shape == NO_ZONE) {
        say_elements(text, 1, count);
        return;
    }
    for (size_t i = 1; i < count; i += zone, made++) {
        say(text, "boundary z%zu \"Zone %zu\" {\n  kind: network\n", made, made, 0);
        say_elements(text, i, i + zone < count ? i + zone : count);
        if (shape != NESTED)
            say(text, "}\n", 0, 0, 0);
    }
    while (shape == NESTED && made--)
        say(text, "}\n", 0, 0, 0);
}

static void say_flow(struct text *text, size_t number, size_t from, size_t to) {
    if (from != to)
        say(text, "flow f%zu = e%zu -> e%zu : \"call\" { protocol: https }\n", number, from, to);
}

/* Mostly to a neighbour, some far away; or as the shape says. */
static size_t target_of(enum shape shape, size_t count, size_t from, size_t flow) {
    if (shape == STAR)
        return 0;
    if (shape == DENSE)
        return (from * flow * 31 + flow * 97) % count;
    if (shape == FAR)
        return flow == 1 ? (from + 1) % count : (from * 331 * (flow - 1) + 97 * flow) % count;
    return from % 7 ? (from + 1) % count : (from * 13 + 5) % count;
}

static struct text large_model(enum shape shape, size_t count) {
    struct text text = {0};
    size_t each = shape == DENSE ? 12 : shape == FAR ? 3 : 1, number = 0;
    say(&text,
        "model large \"Large\" { allow: [W0401, W0402, W0403, W0404, W0405, W0406, W0410] }\n", 0,
        0, 0);
    say_boundaries(&text, shape, count);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 1; j <= each; j++, number++)
            say_flow(&text, number, i, target_of(shape, count, i, j));
    return text;
}

/* ---- a folder with one ------------------------------------------------------------------- */

static void write_model(const char *folder, enum shape shape, size_t count) {
    struct text model = large_model(shape, count);
    put_in(folder, "m.dfd", model.at);
    free(model.at);
}

static int run_in(const char *folder, const char *script) {
    char *output = format("%s/printed", folder), *error = format("%s/errors", folder);
    int status = run_command(&(struct command){
        .folder = folder, .script = script, .output = output, .error = error, .seconds = 120});
    free(output);
    free(error);
    return status;
}

static void expect_in(const char *folder, const char *name, const char *wanted) {
    char *text = text_in(folder, name);
    if (!strstr(text, wanted))
        fail_msg("%s has no '%s':\n%.2000s", name, wanted, text);
    free(text);
}

static void expect_not_in(const char *folder, const char *name, const char *unwanted) {
    char *text = text_in(folder, name);
    if (strstr(text, unwanted))
        fail_msg("%s has '%s':\n%.2000s", name, unwanted, text);
    free(text);
}

/* ---- links ------------------------------------------------------------------------------- */

static bool has_id(const char *svg, const char *id, size_t length) {
    char *wanted = format(" id=\"%.*s\"", (int)length, id);
    bool found = strstr(svg, wanted) != NULL;
    free(wanted);
    return found;
}

/* A link goes to a file beside this one, or to an id here or there. */
static void expect_target(const char *folder, const char *from, const char *link, size_t length) {
    const char *hash = memchr(link, '#', length);
    size_t name = hash ? (size_t)(hash - link) : length;
    char *file = format("%.*s", (int)name, link), *svg = text_in(folder, name ? file : from);
    if (!*svg)
        fail_msg("%s leads to %s, which is not there", from, file);
    if (hash && !strstr(svg, "As a table") && !has_id(svg, hash + 1, length - name - 1))
        fail_msg("%s leads to %.*s, which is not there", from, (int)length, link);
    free(svg);
    free(file);
}

static void expect_links(const char *folder, const char *name) {
    static const char start[] = " href=\"";
    char *svg = text_in(folder, name);
    for (const char *at = svg; (at = strstr(at, start));) {
        at += strlen(start);
        expect_target(folder, name, at, strcspn(at, "\""));
    }
    free(svg);
}

static struct paths pictures_in(const char *folder) {
    return find_files(folder, ".svg");
}

static void expect_all_links(const char *folder) {
    struct paths all = pictures_in(folder);
    for (size_t i = 0; i < all.count; i++)
        expect_links(folder, base_name(all.items[i]));
    free_paths(&all);
}

/* Each element is drawn on some page, by its id or as a row of a table. */
static void expect_elements(const char *folder, size_t count) {
    struct paths all = pictures_in(folder);
    char *seen = calloc(count, 1);
    for (size_t i = 0; i < all.count; i++) {
        char *svg = read_file(all.items[i]).at;
        for (const char *at = svg; (at = strstr(at, "el-e"));) {
            at += strlen("el-e");
            if (isdigit((unsigned char)*at) && strtoul(at, NULL, 10) < count)
                seen[strtoul(at, NULL, 10)] = 1;
        }
        free(svg);
    }
    for (size_t i = 0; i < count; i++)
        if (!seen[i])
            fail_msg("e%zu is on no page", i);
    free(seen);
    free_paths(&all);
}

/* ---- one that is drawn ------------------------------------------------------------------- */

static char *drawn; /* a folder with a model, its pages and its report, drawn once for all tests */

static int draw_once(void **state) {
    (void)state;
    drawn = make_folder();
    write_model(drawn, ZONES, 120);
    return run_in(drawn, "stridec build --depfile m.d m.dfd && stridec report m.dfd");
}

static int forget_drawn(void **state) {
    (void)state;
    remove_folder(drawn);
    free(drawn);
    return 0;
}

static int open_drawn(void **state) {
    *state = make_folder();
    char *copy = format("cp -R '%s/.' .", drawn);
    int status = run_in(*state, copy);
    free(copy);
    return status;
}

/* ---- tests ------------------------------------------------------------------------------- */

static void a_large_model_has_pages(void **state) {
    (void)state;
    const char *folder = drawn;
    expect_in(folder, "m.svg", "Overview of 120 elements and");
    expect_in(folder, "m.svg", " href=\"m.z3.svg\"");
    expect_in(folder, "m.z3.svg", " href=\"m.svg\"");
    expect_in(folder, "m.z3.svg", "data-stridec-page=\"z3\"");
    expect_in(folder, "m.z3.svg", "Zone 3: 12 elements, ");
    expect_in(folder, "THREAT-MODEL.md", "![A page of the data-flow diagram](m.z3.svg)");
    expect_in(folder, "m.d", "m.z3.svg");
    expect_in(folder, "printed", "m.z3.svg: written");
    expect_all_links(folder);
    expect_elements(folder, 120);
}

static void a_model_that_fits_has_none(void **state) {
    const char *folder = *state;
    write_model(folder, ZONES, 20);
    assert_int_equal(run_in(folder, "stridec build m.dfd"), 0);
    expect_not_in(folder, "m.svg", "Overview");
    struct paths all = pictures_in(folder);
    assert_int_equal(all.count, 1);
    free_paths(&all);
}

/* The layout program that is named is never started, as it would fail. */
static void unchanged_pages_cost_no_layout(void **state) {
    const char *folder = *state;
    assert_int_equal(
        run_in(folder, "mkdir none && printf '#!/bin/sh\\necho >>started; exit 1\\n' "
                       ">none/stridec-layout && chmod +x none/stridec-layout && "
                       "stridec build --layout none/stridec-layout m.dfd && ! test -e started"),
        0);
    expect_not_in(folder, "printed", "written");
}

static void the_same_model_gives_the_same_pages(void **state) {
    const char *folder = *state;
    assert_int_equal(run_in(folder,
                            "mkdir b && cp m.dfd b && cd b && stridec build --force m.dfd && "
                            "for f in *; do cmp $f ../$f || exit 1; done"),
                     0);
}

static void pages_that_are_no_more_are_told_and_kept(void **state) {
    const char *folder = *state;
    assert_int_equal(run_in(folder, "echo '<svg/>' >m.mine.svg && "
                                    "sed 's/boundary z3/boundary front/' m.dfd >n && mv n m.dfd && "
                                    "stridec build m.dfd"),
                     0);
    expect_in(folder, "printed", "m.front.svg: written");
    expect_in(folder, "printed", "m.z3.svg: stale");
    expect_not_in(folder, "printed", "m.mine.svg");
    expect_in(folder, "m.z3.svg", "data-stridec-page");
}

static void somebody_elses_file_is_no_page(void **state) {
    const char *folder = *state;
    write_model(folder, ZONES, 120);
    assert_int_equal(run_in(folder, "echo '<svg/>' >m.z3.svg; stridec build m.dfd"), 4);
    expect_in(folder, "errors", "m.z3.svg: not made by stridec");
    assert_int_equal(run_in(folder, "test \"$(cat m.z3.svg)\" = '<svg/>' && ! test -e m.svg"), 0);
}

static void a_layout_that_fails_leaves_tables(void **state) {
    const char *folder = *state;
    write_model(folder, ZONES, 120);
    assert_int_equal(run_in(folder, "printf '#!/bin/sh\\nexit 1\\n' >layout && chmod +x layout && "
                                    "stridec build --layout ./layout m.dfd"),
                     0);
    expect_in(folder, "m.svg", "As a table");
    expect_in(folder, "m.z3.svg", "As a table");
    expect_in(folder, "errors", "the overview is drawn as a table: the layout program");
    expect_in(folder, "errors", "[W0703]");
    expect_all_links(folder);
    expect_elements(folder, 120);
    assert_int_equal(run_in(folder, "stridec build m.dfd"), 0);
    expect_not_in(folder, "m.z3.svg", "As a table");
}

/* A way in which hardly a page of so many lines is legible, or that is drawn from the same as the
 * one before, is not tried. */
static void pages_are_not_laid_out_in_vain(void **state) {
    const char *folder = *state;
    write_model(folder, FAR, 300);
    assert_int_equal(run_in(folder, "printf '#!/bin/sh\necho >>runs\nexec %s-layout \"$@\"\n' "
                                    "\"$(command -v stridec)\" >layout && chmod +x layout && "
                                    "stridec build --layout ./layout m.dfd && "
                                    "test $(wc -l <runs) -lt $((5 * $(ls *.svg | wc -l) / 2))"),
                     0);
    expect_all_links(folder);
    expect_elements(folder, 300);
}

static void all_in_one_picture_is_there_when_asked_for(void **state) {
    const char *folder = *state;
    write_model(folder, ZONES, 120);
    assert_int_equal(run_in(folder, "stridec render --whole -o all.svg m.dfd"), 0);
    expect_in(folder, "errors",
              " points on a page a little larger than A3, which nobody can read [W0702]");
    expect_in(folder, "all.svg", "id=\"el-e119\"");
}

static void the_report_has_all_pages(void **state) {
    (void)state;
    const char *folder = drawn;
    expect_in(folder, "m.html", "<figure class=\"picture page\" id=\"page-z3\">");
    expect_in(folder, "m.html", "<a href=\"#page-z3\">");
    expect_in(folder, "m.html", "<dt>Picture</dt><dd><a href=\"#page-z3\">Zone 3</a></dd>");
    expect_not_in(folder, "m.html", "href=\"#flow-line.");
    expect_not_in(folder, "m.html", "href=\"#page-z3#");
}

static void the_report_draws_nothing_twice(void **state) {
    const char *folder = *state;
    assert_int_equal(
        run_in(folder, "mkdir none && printf '#!/bin/sh\\necho >>started; exit 1\\n' "
                       ">none/stridec-layout && chmod +x none/stridec-layout && "
                       "stridec report --layout none/stridec-layout m.dfd && ! test -e started"),
        0);
    expect_in(folder, "printed", "m.html: unchanged");
    assert_int_equal(run_in(folder, "sed -i 's/<polygon /<polygon onclick=\"x()\" /' m.html && "
                                    "stridec report m.dfd && ! grep onclick= m.html"),
                     0);
    expect_in(folder, "printed", "m.html: written");
}

static void a_page_is_drawn_alone(void **state) {
    const char *folder = *state;
    write_model(folder, ZONES, 120);
    assert_int_equal(run_in(folder, "stridec render --page z3 m.dfd"), 0);
    expect_in(folder, "printed", "Zone 3: 12 elements");
    assert_int_equal(run_in(folder, "stridec render --page z3 --format dot m.dfd"), 0);
    expect_in(folder, "printed", "Zone 3: 12 elements");
    assert_int_equal(run_in(folder, "stridec render --page nowhere m.dfd"), 3);
    expect_in(folder, "errors", "no page 'nowhere'");
}

/* A terminal would see it after a second, which one of the pages takes here. */
static void nothing_of_progress_is_in_a_pipe(void **state) {
    const char *folder = *state;
    write_model(folder, ZONES, 120);
    assert_int_equal(run_in(folder,
                            "printf '#!/bin/sh\\ncase $(cat) in *Service\\ 101*) ;; "
                            "*Service\\ 41*) [ -e slept ] || { : >slept; sleep 1.2; } ;; esac\\n"
                            "exit 1\\n' >layout && chmod +x layout && "
                            "stridec build --layout ./layout m.dfd && test -e slept"),
                     0);
    expect_not_in(folder, "errors", "\r");
    expect_not_in(folder, "printed", "pages drawn");
}

static void expect_shape(const char *folder, enum shape shape, size_t count) {
    write_model(folder, shape, count);
    /* A sanitizer asks for more memory than any model. */
    int status =
        run_in(folder, getenv("SLOW") ? "rm -f *.svg *.md; ulimit -t 20; ulimit -v 1300000; "
                                        "stridec build m.dfd"
                                      : "rm -f *.svg *.md; stridec build m.dfd");
    if (status) {
        char *errors = text_in(folder, "errors");
        fail_msg("%s, %zu elements: exit status %d\n%.2000s", shape_names[shape], count, status,
                 errors);
    }
    assert_true(is_there(folder, "THREAT-MODEL.md"));
    expect_in(folder, "m.svg", "Overview of ");
    expect_all_links(folder);
    expect_elements(folder, count);
}

static void every_shape_has_pages(void **state) {
    bool slow = getenv("SLOW");
    enum shape end = slow ? SHAPE_COUNT : FAR; /* which is tried above */
    for (enum shape shape = 0; shape < end;
         shape++) /* of few that are dense, much is tried in vain */
        expect_shape(*state, shape, slow ? 5000 : shape == DENSE ? 300 : 120);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_folder, close_folder)
#define DRAWN(function) cmocka_unit_test_setup_teardown(function, open_drawn, close_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_large_model_has_pages),
        TEST(a_model_that_fits_has_none),
        DRAWN(unchanged_pages_cost_no_layout),
        DRAWN(the_same_model_gives_the_same_pages),
        DRAWN(pages_that_are_no_more_are_told_and_kept),
        TEST(somebody_elses_file_is_no_page),
        TEST(a_layout_that_fails_leaves_tables),
        TEST(pages_are_not_laid_out_in_vain),
        TEST(all_in_one_picture_is_there_when_asked_for),
        cmocka_unit_test(the_report_has_all_pages),
        DRAWN(the_report_draws_nothing_twice),
        TEST(a_page_is_drawn_alone),
        TEST(nothing_of_progress_is_in_a_pipe),
        TEST(every_shape_has_pages),
    };
    return cmocka_run_group_tests_name("pages", tests, draw_once, forget_drawn) != 0;
}
