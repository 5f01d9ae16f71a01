/* The arithmetic of `make quality`, on two small diagrams in tests/quality/diagrams with all
 * figures worked out by hand.
 *
 * Where a row meets a threat (good cells): in the shop T at buy, buyer, shop; R at orders, save; S
 * at shop, buyer and their flows, 4 cells; D, although it is not counted, at shop, buy, save; E at
 * save, shop, orders: 15 of 30 cells. In the door I and R at keys and look: 4 of 30. */
// SPDX-License-Identifier: MIT
#include "quality/quality.h"

#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct diagram door, shop;

static void mark(unsigned char *cells, char letter, const char *subject, unsigned char marks) {
    size_t place = (size_t)(strchr(LETTERS, letter) - LETTERS);
    cells[cell_of(find_subject(&shop, subject), place)] = marks;
}

static void ask(struct questions *asked, char letter, const char *subject, const char *rule,
                bool specific) {
    size_t place = (size_t)(strchr(LETTERS, letter) - LETTERS);
    if (!asked->items)
        asked->items = allocate(4, sizeof *asked->items);
    asked->items[asked->count++] = (struct question){cell_of(find_subject(&shop, subject), place),
                                                     format("%s", rule), specific};
}

static int load(void **state) {
    (void)state;
    read_diagram(&door, format("tests/quality/diagrams/inv_door.json"));
    read_diagram(&shop, format("tests/quality/diagrams/inv_shop.json"));
    door.rows = allocate(cell_of(subject_count(&door), 0), 1);
    shop.rows = allocate(cell_of(subject_count(&shop), 0), 1);
    mark(shop.rows, 'T', "buy", marks_of("open", true));
    mark(shop.rows, 'S', "buyer", marks_of("covered", false));
    mark(shop.rows, 'R', "orders", marks_of("folded", false));
    mark(shop.rows, 'I', "save", marks_of("covered", true));
    read_twin(&door, format("tests/quality/diagrams/described/inv_door.json"));
    read_twin(&shop, format("tests/quality/diagrams/described/inv_shop.json"));
    shop.described = allocate(cell_of(subject_count(&shop), 0), 1);
    mark(shop.described, 'T', "buy", marks_of("open", true));
    mark(shop.described, 'S', "shop", marks_of("open", true));
    mark(shop.described, 'R', "orders", marks_of("covered", false));
    mark(shop.described, 'I', "orders", marks_of("covered", true));
    ask(&shop.asked, 'T', "buy", "altered_on_way", false);
    ask(&shop.asked, 'I', "save", "open_channel", true);
    ask(&shop.asked_described, 'T', "buy", "altered_on_way", false);
    ask(&shop.asked_described, 'T', "shop", "replay", true);
    ask(&shop.asked_described, 'S', "shop", "guessing", true);
    return 0;
}

static int forget(void **state) {
    (void)state;
    free_diagram(&door);
    free_diagram(&shop);
    return 0;
}

/* The figures of a choice in one diagram. */
struct figures {
    size_t choice, met, exact, rows, good;
};

static void assert_figures(const struct diagram *diagram, const struct figures *figures,
                           size_t threats, size_t good_cells) {
    struct score score = {0};
    add_score(&score, diagram, &choices[figures->choice]);
    assert_int_equal(score.threats, threats);
    assert_int_equal(score.cells, 30);
    assert_int_equal(score.good_cells, good_cells);
    assert_int_equal(score.met, figures->met);
    assert_int_equal(score.exact, figures->exact);
    assert_int_equal(score.rows, figures->rows);
    assert_int_equal(score.good, figures->good);
}

static void each_choice_comes_to_what_it_does_by_hand(void **state) {
    static const struct figures of_shop[] = {
        {ALL_ROWS, 3, 3, 3, 2},           {OPEN_ROWS, 2, 2, 1, 1},
        {TIER_ONE, 1, 1, 2, 1},           {TIER_ONE_OPEN, 1, 1, 1, 1},
        {DESCRIBED_ROWS, 3, 3, 4, 3},     {DESCRIBED_OPEN_ROWS, 2, 2, 2, 2},
        {DESCRIBED_TIER_ONE, 2, 2, 3, 2}, {DESCRIBED_TIER_ONE_OPEN, 2, 2, 2, 2},
        {PER_ELEMENT, 4, 3, 18, 9},       {PER_ELEMENT_R, 4, 3, 18, 9},
        {PER_INTERACTION, 4, 3, 14, 7},   {CROSSING_ENDS, 3, 2, 11, 7},
        {CROSSING_FLOWS, 1, 1, 3, 2}};
    static const struct figures of_door[] = {
        {ALL_ROWS, 0, 0, 0, 0},           {OPEN_ROWS, 0, 0, 0, 0},
        {TIER_ONE, 0, 0, 0, 0},           {TIER_ONE_OPEN, 0, 0, 0, 0},
        {DESCRIBED_ROWS, 0, 0, 0, 0},     {DESCRIBED_OPEN_ROWS, 0, 0, 0, 0},
        {DESCRIBED_TIER_ONE, 0, 0, 0, 0}, {DESCRIBED_TIER_ONE_OPEN, 0, 0, 0, 0},
        {PER_ELEMENT, 1, 1, 17, 2},       {PER_ELEMENT_R, 2, 2, 18, 3},
        {PER_INTERACTION, 2, 2, 17, 3},   {CROSSING_ENDS, 1, 1, 17, 2},
        {CROSSING_FLOWS, 1, 0, 6, 1}};
    (void)state;
    for (size_t i = 0; i < CHOICE_COUNT; i++) {
        assert_figures(&shop, &of_shop[i], 4, 15);
        assert_figures(&door, &of_door[i], 2, 4);
    }
}

static void assert_near(double value, double by_hand) {
    assert_true(fabs(value - by_hand) < 1e-9);
}

static void a_total_sums_threats_and_rows_but_macro_averages_diagrams(void **state) {
    struct score score = {0};
    (void)state;
    add_score(&score, &door, &choices[CROSSING_ENDS]);
    add_score(&score, &shop, &choices[CROSSING_ENDS]);
    assert_near(recall(&score), 4.0 / 6);
    assert_near(exact_recall(&score), 3.0 / 6);
    assert_near(mean_recall(&score), (1.0 / 2 + 3.0 / 4) / 2);
    assert_near(rows_per_element(&score), 28.0 / 6);
    assert_near(lift(&score), (9.0 / 28) / (19.0 / 60));
}

static void a_folded_row_meets_a_threat_and_costs_no_reading(void **state) {
    struct score score = {0};
    (void)state;
    add_score(&score, &shop, &choices[ALL_ROWS]);
    assert_near(recall(&score), 3.0 / 4);
    assert_near(rows_per_element(&score), 3.0 / 3);
    assert_near(lift(&score), (2.0 / 3) / (15.0 / 30));
}

/* In the shop 1 and 11/3 rows per element meet 1/4 and 3/4; 14/3 rows lie on their line at 15/16,
 * and two diagrams with as many rows have no line. */
static void a_line_goes_through_two_choices(void **state) {
    struct score at = {0}, one = {0}, other = {0};
    (void)state;
    add_score(&at, &shop, &choices[PER_INTERACTION]);
    add_score(&one, &shop, &choices[CROSSING_FLOWS]);
    add_score(&other, &shop, &choices[CROSSING_ENDS]);
    assert_near(on_line(&at, &one, &other, recall), 15.0 / 16);
    assert_near(on_line(&one, &one, &other, recall), 1.0 / 4);
    assert_near(on_line(&other, &one, &other, recall), 3.0 / 4);
    assert_true(isnan(on_line(&at, &one, &one, recall)));
}

static void nothing_chosen_is_no_number(void **state) {
    struct score score = {0};
    (void)state;
    add_score(&score, &door, &choices[TIER_ONE]);
    assert_near(rows_per_element(&score), 0);
    assert_true(isnan(lift(&score)));
}

static void a_model_says_what_the_diagram_does(void **state) {
    static const char model[] =
        "model inv_shop \"A 'small' shop\"\n"
        "external buyer \"Buyer\"\n"
        "boundary ours \"Ours\" {\n"
        "process shop \"Shop / counter\" { kind: web }\n"
        "store orders \"Orders\" { kind: log }\n"
        "}\n"
        "flow buy = buyer -> shop : \"buy something\" { protocol: https }\n"
        "flow save = shop -> orders : \"note the order\" { protocol: jdbc }\n";
    (void)state;
    size_t length;
    char *text = write_model(&shop, NULL, &length);
    assert_string_equal(text, model);
    assert_int_equal(length, sizeof model - 1);
    free(text);
    text = write_model(&door, NULL, &length);
    assert_non_null(strstr(text, "{ protocol: \"bluetooth_5\" }"));
    free(text);
}

static void a_described_model_says_what_its_twin_does_as_well(void **state) {
    static const char model[] =
        "model inv_shop \"A 'small' shop\"\n"
        "asset prices \"What 'things' cost\" "
        "{ confidentiality: none; integrity: high; availability: low }\n"
        "external buyer \"Buyer\" { kind: browser }\n"
        "boundary ours \"Ours\" {\n"
        "kind: network\n"
        "trust: 5\n"
        "process shop \"Shop / counter\" { kind: api; renders: [html]; data: [prices] }\n"
        "store orders \"Orders\" { kind: log }\n"
        "}\n"
        "flow buy = buyer -> shop : \"buy something\" "
        "{ protocol: https; carries: [amount, object_id]; data: [prices] }\n"
        "flow save = shop -> orders : \"note the order\" { protocol: sql; carries: [query] }\n";
    (void)state;
    size_t length;
    assert_null(door.twin.root);
    char *text = write_model(&shop, &shop.twin, &length);
    assert_string_equal(text, model);
    free(text);
}

static void a_covered_row_is_read_and_asks_nothing(void **state) {
    (void)state;
    assert_int_equal(marks_of("out_of_scope", true), 0);
    assert_int_equal(marks_of("not_applicable", true), 0);
    assert_int_equal(marks_of("folded", true), FOUND | OPEN_FOUND);
    assert_int_equal(marks_of("open", true),
                     FOUND | SHOWN | FIRST | OPEN_FOUND | OPEN | OPEN_FIRST);
    assert_int_equal(marks_of("open", false), FOUND | SHOWN | OPEN_FOUND | OPEN);
    assert_int_equal(marks_of("covered", true), FOUND | SHOWN | FIRST);
    assert_int_equal(marks_of("covered", false), FOUND | SHOWN);
}

/* The threats of the shop: in order of the file, T at buy; S at shop; R at orders; E at save. */
static void a_threat_is_named_by_what_rests_on_something_stated(void **state) {
    static const struct {
        char letter;
        enum asked bare, described;
    } expected[] = {{'T', GENERIC, NAMED},
                    {'S', NOT_ASKED, NAMED},
                    {'R', NOT_ASKED, NOT_ASKED},
                    {'E', NOT_ASKED, NOT_ASKED}};
    const size_t count = sizeof expected / sizeof *expected;
    size_t found = 0;
    (void)state;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < shop.threat_count; j++) {
            const struct threat *threat = &shop.threats[j];
            if (threat->repeated || LETTERS[threat->letter] != expected[i].letter)
                continue;
            found++;
            assert_int_equal(how_asked(&shop, threat, false), expected[i].bare);
            assert_int_equal(how_asked(&shop, threat, true), expected[i].described);
            assert_int_equal(is_asked_by(&shop, threat, false, "altered_on_way"), i == 0);
            assert_int_equal(is_asked_by(&shop, threat, true, "guessing"), i == 1);
        }
    assert_int_equal(found, count);
}

static void more_than_a_twentieth_more_is_over_the_budget(void **state) {
    struct score score = {.elements = 100, .rows = 105};
    (void)state;
    assert_true(is_within(&score, 1));
    score.rows = 106;
    assert_false(is_within(&score, 1));
    assert_false(budget_is_of(&score));
    score = (struct score){
        .diagrams = budget.diagrams, .elements = budget.elements, .threats = budget.threats};
    assert_true(budget_is_of(&score));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_choice_comes_to_what_it_does_by_hand),
        cmocka_unit_test(a_total_sums_threats_and_rows_but_macro_averages_diagrams),
        cmocka_unit_test(a_folded_row_meets_a_threat_and_costs_no_reading),
        cmocka_unit_test(a_line_goes_through_two_choices),
        cmocka_unit_test(nothing_chosen_is_no_number),
        cmocka_unit_test(a_model_says_what_the_diagram_does),
        cmocka_unit_test(a_described_model_says_what_its_twin_does_as_well),
        cmocka_unit_test(a_covered_row_is_read_and_asks_nothing),
        cmocka_unit_test(a_threat_is_named_by_what_rests_on_something_stated),
        cmocka_unit_test(more_than_a_twentieth_more_is_over_the_budget),
    };
    return cmocka_run_group_tests_name("quality", tests, load, forget);
}
