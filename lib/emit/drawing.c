/* Which picture is drawn: all of the model, as long as its letters can be read on a page a little
 * larger than A3; else an overview, which has further pages. A page that cannot be laid out, or
 * whose letters would be too small, gets simpler, and in the end a table: there is always a
 * picture. */
// SPDX-License-Identifier: MIT
#include "emit/excerpt.h"
#include "emit/sketch.h"

#include <stdio.h>
#include <string.h>

/* All is not even tried with more: it would never be legible. */
#define ELEMENTS_TRIED 150
#define LINES_TRIED 300
#define LINES_ON_PAGE 120 /* a page with more is drawn in a simpler way */
#define SECONDS_TRIED 2
#define LEAST_LETTERS (10 * LAYOUT_LEGIBLE)

static bool report_failure(const struct sketch *sketch) {
    diag_add(sketch->picture->emission->diagnostics, DIAG_no_picture, NULL, (struct span){0},
             ARGS(slice_of(sketch->problem)));
    return false;
}

static unsigned points_of(struct slice length) {
    int points = 0;
    struct slice whole;
    slice_cut(&length, '.', &whole);
    slice_number(whole, &points);
    return (unsigned)points;
}

static unsigned letters_of(const struct picture_size *size) {
    return layout_letters(points_of(size->width), points_of(size->height));
}

static bool is_legible(const struct sketch *sketch) {
    return !sketch->problem && !sketch->too_small && letters_of(&sketch->size) >= LEAST_LETTERS;
}

/* Where someone asks for all that cannot be read. */
static void warn_of_letters(const struct sketch *sketch) {
    unsigned letters = letters_of(&sketch->size);
    if (letters < LEAST_LETTERS)
        diag_add(sketch->picture->emission->diagnostics, DIAG_small_letters, NULL, (struct span){0},
                 ARGS(text_format(sketch->picture->arena, "%u.%u", letters / 10, letters % 10)));
}

/* A view, or all in one picture. */
static bool emit_plain(struct emission *emission) {
    struct sketch sketch = make_sketch(emission, (struct slice){0});
    if (sketch_is_kept(&sketch, true))
        return true;
    sketch_draw(&sketch, layout_time(emission->options.layout_seconds), 0);
    if (sketch.problem && !sketch.started && sketch_is_kept(&sketch, false))
        return true;
    if (sketch.problem)
        return report_failure(&sketch);
    if (emission->options.whole)
        warn_of_letters(&sketch);
    sketch_write(&sketch);
    return true;
}

/* ---- pages ------------------------------------------------------------------------------- */

#define MANY_PAGES 24 /* of more, each is laid out in few ways */

/* How a page is drawn, as long as its letters are too small; after the last of them as a table.
 * Where pages are few, the layout program tries what is best for each. Where they are many, a way
 * is not tried with so many lines that hardly a page is legible in it. */
struct page_way {
    enum detail detail;
    const char *choice;
    size_t most_lines;
};
static const struct page_way few_pages[] = {{DETAIL_all, "", LINES_ON_PAGE},
                                            {DETAIL_badges, "", LINES_ON_PAGE},
                                            {DETAIL_inside, "", LINES_ON_PAGE}};
static const struct page_way many_pages[] = {{DETAIL_all, "1", 36},
                                             {DETAIL_all, "2", 90},
                                             {DETAIL_badges, "2", 90},
                                             {DETAIL_inside, "2", LINES_ON_PAGE}};

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))
#define MOST_WAYS (COUNT_OF(many_pages) + 1)

/* A page on its way: one sketch for each way, made when it is asked for; the last is the table. */
struct page_ways {
    struct emission *emission;
    struct fold *page;
    struct slice salt;
    const struct page_way *list;
    size_t count;
    struct sketch way[MOST_WAYS];
    bool is_made[MOST_WAYS];
};

static struct page_ways plan_page(struct emission *emission, struct fold *page, struct slice salt) {
    bool many = emission->division->pages.count > MANY_PAGES;
    return (struct page_ways){
        .emission = emission,
        .page = page,
        .salt = salt,
        .list = many ? many_pages : few_pages,
        .count = 1 + (many ? COUNT_OF(many_pages) : COUNT_OF(few_pages)),
    };
}

static struct sketch *way_of(struct page_ways *ways, size_t number);

static struct sketch make_way(struct page_ways *ways, size_t number) {
    if (number + 1 == ways->count) {
        struct sketch table = *way_of(ways, number - 1);
        table.problem = NULL;
        draw_table(&table);
        return table;
    }
    struct emission *excerpt =
        make_excerpt(ways->emission, ways->emission->division, ways->page,
                     ways->list[number].detail, slice_of(ways->list[number].choice));
    return make_sketch(excerpt, number ? sketch_dot(way_of(ways, 0)) : ways->salt);
}

static struct sketch *way_of(struct page_ways *ways, size_t number) {
    if (!ways->is_made[number])
        ways->way[number] = make_way(ways, number);
    ways->is_made[number] = true;
    return &ways->way[number];
}

/* The same in all ways that have the neighbours of the page. */
static size_t lines_of(struct page_ways *ways, size_t number) {
    bool alone = number && ways->list[number].detail == DETAIL_inside;
    const struct picture *picture = way_of(ways, alone ? number : 0)->picture;
    return picture ? picture->line_count : 0;
}

/* Whether the way before is drawn from the same: then there is nothing new to see. */
static bool is_repeated(struct page_ways *ways, size_t number) {
    return number > 0 && strcmp(ways->list[number].choice, ways->list[number - 1].choice) == 0 &&
           slice_equal(sketch_dot(way_of(ways, number)), sketch_dot(way_of(ways, number - 1)));
}

static bool is_passed_over(struct page_ways *ways, size_t number) {
    return number + 1 < ways->count &&
           (lines_of(ways, number) > ways->list[number].most_lines || is_repeated(ways, number));
}

static const char *problem_of(const struct page_ways *ways) {
    for (size_t i = 0; i < ways->count; i++)
        if (ways->is_made[i] && ways->way[i].problem)
            return ways->way[i].problem;
    return NULL;
}

void tell_of_table(const struct emission *emission, const struct fold *page) {
    diag_add(emission->diagnostics, DIAG_table_for_page, NULL, (struct span){0},
             ARGS(page->parent ? page->title : SLICE("the overview"),
                  slice_copy(emission->arena, slice_of(emission->table_problem))));
}

static void report_table(struct page_ways *ways) {
    const char *problem = problem_of(ways);
    if (!problem)
        problem = lines_of(ways, 0) > LINES_ON_PAGE ? "its lines would be too many to follow"
                                                    : "its letters would be too small to read";
    snprintf(ways->emission->table_problem, sizeof ways->emission->table_problem, "%s", problem);
    if (!ways->emission->options.page.length)
        tell_of_table(ways->emission, ways->page);
}

static bool page_is_kept(struct page_ways *ways) {
    for (size_t i = 0; ways->emission->options.previous.length && i < ways->count; i++)
        if (!is_passed_over(ways, i) && sketch_is_kept(way_of(ways, i), true)) {
            if (ways->way[i].is_ready)
                report_table(ways);
            return true;
        }
    return false;
}

/* A table that stands there since the layout failed is not kept: its next run may not fail. */
static void write_table(struct page_ways *ways, struct sketch *table) {
    if (problem_of(ways))
        table->salt = SLICE("failed");
    report_table(ways);
    sketch_write(table);
}

static bool draw_page(struct page_ways *ways) {
    for (size_t i = 0; i + 1 < ways->count; i++) {
        if (is_passed_over(ways, i))
            continue;
        struct sketch *way = way_of(ways, i);
        sketch_draw(way, layout_time(ways->emission->options.layout_seconds), LEAST_LETTERS);
        if (way->problem && !way->started)
            return report_failure(way);
        if (is_legible(way)) {
            sketch_write(way);
            return true;
        }
    }
    write_table(ways, way_of(ways, ways->count - 1));
    return true;
}

static bool emit_page(struct emission *emission, struct fold *page, struct slice salt) {
    struct page_ways ways = plan_page(emission, page, salt);
    return page_is_kept(&ways) || draw_page(&ways);
}

/* All of it, as far as it can be read; whether the overview stands for it is kept in
 * emission->division. */
static bool emit_all(struct emission *emission) {
    struct sketch whole = make_sketch(emission, (struct slice){0});
    struct division *division = emission->division;
    struct fold *overview = division->pages.items[0];
    unsigned seconds = emission->options.layout_seconds;
    if (whole.picture->element_count > ELEMENTS_TRIED || whole.picture->line_count > LINES_TRIED)
        return emit_page(emission, overview, (struct slice){0});
    if (sketch_is_kept(&whole, true)) {
        emission->division = NULL;
        return true;
    }
    struct page_ways ways = plan_page(emission, overview, sketch_dot(&whole));
    if (page_is_kept(&ways))
        return true;
    sketch_draw(&whole, layout_time(seconds && seconds < SECONDS_TRIED ? seconds : SECONDS_TRIED),
                LEAST_LETTERS);
    if (is_legible(&whole)) {
        sketch_write(&whole);
        emission->division = NULL;
        return true;
    }
    if (whole.problem && !whole.started) {
        emission->division = NULL;
        return sketch_is_kept(&whole, false) || report_failure(&whole);
    }
    return draw_page(&ways);
}

bool emit_svg(struct emission *emission) {
    if (emission->options.view || emission->options.whole) {
        emission->division = NULL;
        return emit_plain(emission);
    }
    if (!emission->division)
        emission->division = divide(emission);
    if (!emission->division)
        return emit_plain(emission);
    struct fold *page = division_page(emission->division, emission->options.page);
    return page ? emit_page(emission, page, (struct slice){0}) : emit_all(emission);
}
