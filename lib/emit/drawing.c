/* Which picture is drawn: all of the model, as long as its letters can be read on a page a little
 * larger than A3; else an overview, which has further pages. A page that cannot be laid out, or
 * whose letters would be too small, gets simpler, and in the end a table: there is always a
 * picture. */
// SPDX-License-Identifier: MIT
#include "emit/excerpt.h"
#include "emit/sketch.h"

#include <stdio.h>

/* All is not even tried with more: it would never be legible. */
#define ELEMENTS_TRIED 150
#define LINES_TRIED 300
#define LINES_ON_PAGE 120 /* a page with more is drawn in a simpler way */
#define SECONDS_TRIED 2

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
    return (unsigned)points + 1;
}

/* By how much a picture is made smaller to fit, in thousandths. */
static unsigned fit(const struct picture_size *size, unsigned width, unsigned height) {
    unsigned across = 1000 * width / points_of(size->width);
    unsigned down = 1000 * height / points_of(size->height);
    unsigned least = across < down ? across : down;
    return least < 1000 ? least : 1000;
}

/* Of the smallest letters on that page, upright or not, in tenths of a point. */
static unsigned letters_of(const struct picture_size *size) {
    unsigned upright = fit(size, LAYOUT_PAGE_WIDTH, LAYOUT_PAGE_HEIGHT);
    unsigned turned = fit(size, LAYOUT_PAGE_HEIGHT, LAYOUT_PAGE_WIDTH);
    return LAYOUT_LETTERS * (upright > turned ? upright : turned) / 100;
}

static bool is_legible(const struct sketch *sketch) {
    return !sketch->problem && letters_of(&sketch->size) >= 10 * LAYOUT_LEGIBLE;
}

/* Where someone asks for all that cannot be read. */
static void warn_of_letters(const struct sketch *sketch) {
    unsigned letters = letters_of(&sketch->size);
    if (letters < 10 * LAYOUT_LEGIBLE)
        diag_add(sketch->picture->emission->diagnostics, DIAG_small_letters, NULL, (struct span){0},
                 ARGS(text_format(sketch->picture->arena, "%u.%u", letters / 10, letters % 10)));
}

/* A view, or all in one picture. */
static bool emit_plain(struct emission *emission) {
    struct sketch sketch = make_sketch(emission, (struct slice){0});
    if (sketch_is_kept(&sketch, true))
        return true;
    sketch_draw(&sketch, layout_time(emission->options.layout_seconds));
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
 * Where pages are few, the layout program tries what is best for each. */
struct page_way {
    enum detail detail;
    const char *choice;
};
static const struct page_way few_pages[] = {
    {DETAIL_all, ""}, {DETAIL_badges, ""}, {DETAIL_inside, ""}};
static const struct page_way many_pages[] = {
    {DETAIL_all, "1"}, {DETAIL_all, "2"}, {DETAIL_badges, "2"}, {DETAIL_inside, "2"}};

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))
#define MOST_WAYS (COUNT_OF(many_pages) + 1)

/* A page on its way: one sketch for each way, made when it is asked for; the last is the table. */
struct page_ways {
    struct emission *emission;
    struct fold *page;
    struct slice salt;
    const struct page_way *list;
    size_t count, made;
    struct sketch way[MOST_WAYS];
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

static void make_way(struct page_ways *ways, size_t number) {
    struct sketch *way = &ways->way[number];
    if (number + 1 == ways->count) {
        *way = ways->way[number - 1];
        way->problem = NULL;
        draw_table(way);
        return;
    }
    struct emission *excerpt =
        make_excerpt(ways->emission, ways->emission->division, ways->page,
                     ways->list[number].detail, slice_of(ways->list[number].choice));
    *way = make_sketch(excerpt, number ? ways->way[0].dot : ways->salt);
}

static struct sketch *way_of(struct page_ways *ways, size_t number) {
    for (; ways->made <= number; ways->made++)
        make_way(ways, ways->made);
    return &ways->way[number];
}

static bool is_crowded(const struct sketch *sketch) {
    return sketch->picture && sketch->picture->line_count > LINES_ON_PAGE;
}

static const char *problem_of(const struct page_ways *ways) {
    for (size_t i = 0; i < ways->made; i++)
        if (ways->way[i].problem)
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
        problem = is_crowded(way_of(ways, 0)) ? "its lines would be too many to follow"
                                              : "its letters would be too small to read";
    snprintf(ways->emission->table_problem, sizeof ways->emission->table_problem, "%s", problem);
    if (!ways->emission->options.page.length)
        tell_of_table(ways->emission, ways->page);
}

static bool page_is_kept(struct page_ways *ways) {
    for (size_t i = 0; ways->emission->options.previous.length && i < ways->count; i++)
        if (sketch_is_kept(way_of(ways, i), true)) {
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
        struct sketch *way = way_of(ways, i);
        if (is_crowded(way))
            continue;
        sketch_draw(way, layout_time(ways->emission->options.layout_seconds));
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
        return emit_page(emission, overview, whole.dot);
    if (sketch_is_kept(&whole, true)) {
        emission->division = NULL;
        return true;
    }
    struct page_ways ways = plan_page(emission, overview, whole.dot);
    if (page_is_kept(&ways))
        return true;
    sketch_draw(&whole, layout_time(seconds && seconds < SECONDS_TRIED ? seconds : SECONDS_TRIED));
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
