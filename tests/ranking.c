/* Suggested scores rank: against the scores that the teams of the two reference systems have given
 * their sixteen threats (tests/reference/sixteen.json), and among themselves. */
// SPDX-License-Identifier: MIT
#include "sixteen.h"

static double score_of(const json_t *suggests) {
    return json_number_value(json_object_get(json_object_get(suggests, "suggested"), "score"));
}

/* ---- the sixteen ------------------------------------------------------------------------- */

/* Places from 1 in rising order; equals share the middle of theirs. */
static void find_ranks(const double *of, double *ranks) {
    for (size_t i = 0; i < SIXTEEN; i++) {
        ranks[i] = 0.5;
        for (size_t j = 0; j < SIXTEEN; j++)
            ranks[i] += of[j] < of[i] ? 1.0 : of[j] > of[i] ? 0.0 : 0.5;
    }
}

/* By Newton, so that no other library is needed. */
static double square_root(double of) {
    double root = of;
    for (int i = 0; i < 60; i++)
        root = (root + of / root) / 2;
    return root;
}

/* Spearman's: Pearson's correlation of ranks. */
static double rank_correlation(const double *left, const double *right) {
    double a[SIXTEEN], b[SIXTEEN], both = 0, of_a = 0, of_b = 0, middle = (SIXTEEN + 1) / 2.0;
    find_ranks(left, a);
    find_ranks(right, b);
    for (size_t i = 0; i < SIXTEEN; i++) {
        both += (a[i] - middle) * (b[i] - middle);
        of_a += (a[i] - middle) * (a[i] - middle);
        of_b += (b[i] - middle) * (b[i] - middle);
    }
    return both / square_root(of_a * of_b);
}

/* Equals on our side are half right; on the teams' they do not count. */
static double pairs_in_order(const double *theirs, const double *ours) {
    double pairs = 0, right = 0;
    for (size_t i = 0; i < SIXTEEN; i++)
        for (size_t j = 0; j < SIXTEEN; j++) {
            pairs += theirs[i] > theirs[j];
            right += theirs[i] > theirs[j] ? ours[i] > ours[j]   ? 1.0
                                             : ours[i] < ours[j] ? 0.0
                                                                 : 0.5
                                           : 0.0;
        }
    return right / pairs;
}

/* A row takes the highest score of its questions, so both orders are looked at. */
static void suggested_scores_order_the_sixteen_as_their_teams_did(void **state) {
    const struct reference *reference = *state;
    double theirs[SIXTEEN], rows[SIXTEEN], patterns[SIXTEEN];
    const json_t *threat;
    size_t i;
    json_array_foreach(reference->threats, i, threat) {
        const json_t *row = find_row(reference->roots[sample_of(threat)], text_of(threat, "row"));
        theirs[i] = json_number_value(json_object_get(threat, "score"));
        rows[i] = score_of(row);
        patterns[i] = score_of(find_pattern(row, text_of(threat, "pattern")));
    }
    double by_row = rank_correlation(theirs, rows);
    double by_pattern = rank_correlation(theirs, patterns);
    print_message("rank correlation %.2f by rows, %.2f by questions; pairs in order %.2f, %.2f\n",
                  by_row, by_pattern, pairs_in_order(theirs, rows),
                  pairs_in_order(theirs, patterns));
    assert_true(by_row >= 0.6);
    assert_true(by_pattern >= 0.5);
}

static void price_manipulation_is_among_the_first_three(void **state) {
    const struct reference *reference = *state;
    const json_t *rows = json_object_get(reference->roots[0], "candidates");
    size_t i = 0;
    while (i < 3 && strcmp(text_of(json_array_get(rows, i), "id"), "T@payment_api") != 0)
        i++;
    assert_true(i < 3);
}

static void the_first_tier_is_short_and_mostly_not_critical(void **state) {
    const struct reference *reference = *state;
    for (size_t i = 0; i < SAMPLES; i++) {
        const json_t *row;
        size_t j, open = 0, critical = 0;
        json_array_foreach(json_object_get(reference->roots[i], "candidates"), j, row) {
            const json_t *suggested = json_object_get(row, "suggested");
            open += is_open_first(row);
            critical += is_open_first(row) && !strcmp(text_of(suggested, "priority"), "critical");
        }
        print_message("%s: %zu open in tier 1, %zu of them critical\n", samples[i].name, open,
                      critical);
        assert_true(open <= samples[i].most_open);
        assert_true(3 * critical <= open);
    }
}

/* ---- rows and their questions ------------------------------------------------------------ */

static double most_in(const json_t *row, const char *state) {
    const json_t *pattern;
    size_t i;
    double most = 0;
    json_array_foreach(json_object_get(row, "patterns"), i, pattern) {
        bool counts = !strcmp(text_of(pattern, "state"), state);
        most = counts && score_of(pattern) > most ? score_of(pattern) : most;
    }
    return most;
}

static void a_row_has_the_highest_score_of_its_questions(void **state) {
    const struct reference *reference = *state;
    for (size_t i = 0; i < SAMPLES; i++) {
        const json_t *row;
        size_t j;
        json_array_foreach(json_object_get(reference->roots[i], "candidates"), j, row) {
            double open = most_in(row, "open"), covered = most_in(row, "covered");
            double most = open > 0 ? open : covered;
            if (most > 0 && score_of(row) != most)
                fail_msg("%s: %g, and its questions %g", text_of(row, "id"), score_of(row), most);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suggested_scores_order_the_sixteen_as_their_teams_did),
        cmocka_unit_test(price_manipulation_is_among_the_first_three),
        cmocka_unit_test(the_first_tier_is_short_and_mostly_not_critical),
        cmocka_unit_test(a_row_has_the_highest_score_of_its_questions),
    };
    return cmocka_run_group_tests_name("ranking", tests, load_reference, free_reference);
}
