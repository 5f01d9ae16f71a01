/* The arithmetic: which threats are met, what it costs to read, and how that compares with chance.
 */
// SPDX-License-Identifier: MIT
#include "quality.h"

#include <math.h>
#include <stdlib.h>

bool is_met(const struct diagram *diagram, const struct threat *threat, const unsigned char *cells,
            unsigned found, bool exactly) {
    const bool *subjects = exactly ? threat->at : threat->near;
    for (size_t i = 0; i < subject_count(diagram); i++)
        if (subjects[i] && (cells[cell_of(i, threat->letter)] & found))
            return true;
    return false;
}

/* Whether a row in this cell meets some threat. */
static bool is_good(const struct diagram *diagram, size_t subject, size_t letter) {
    for (size_t i = 0; i < diagram->threat_count; i++)
        if (diagram->threats[i].letter == letter && diagram->threats[i].near[subject])
            return true;
    return false;
}

static void add_threats(struct score *score, const struct diagram *diagram,
                        const unsigned char *cells, unsigned found) {
    size_t threats = 0, met = 0;
    for (size_t i = 0; i < diagram->threat_count; i++) {
        const struct threat *threat = &diagram->threats[i];
        if (threat->repeated)
            continue;
        threats++;
        met += is_met(diagram, threat, cells, found, false);
        score->exact += is_met(diagram, threat, cells, found, true);
    }
    score->threats += threats;
    score->met += met;
    score->recalls += threats ? (double)met / (double)threats : 0;
}

void add_score(struct score *score, const struct diagram *diagram, const struct choice *choice) {
    unsigned char *cells = allocate(cell_of(subject_count(diagram), 0), 1);
    choice->mark(diagram, cells);
    score->diagrams++;
    score->elements += diagram->element_count;
    add_threats(score, diagram, cells, choice->found);
    for (size_t i = 0; i < subject_count(diagram); i++)
        for (size_t letter = 0; letter < LETTER_COUNT; letter++) {
            bool shown = cells[cell_of(i, letter)] & choice->shown;
            bool good = is_good(diagram, i, letter);
            score->rows += shown;
            score->good += shown && good;
            score->cells++;
            score->good_cells += good;
        }
    free(cells);
}

static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : NAN;
}

double recall(const struct score *score) {
    return ratio((double)score->met, (double)score->threats);
}

double exact_recall(const struct score *score) {
    return ratio((double)score->exact, (double)score->threats);
}

double mean_recall(const struct score *score) {
    return ratio(score->recalls, (double)score->diagrams);
}

double rows_per_element(const struct score *score) {
    return ratio((double)score->rows, (double)score->elements);
}

double lift(const struct score *score) {
    double of_rows = ratio((double)score->good, (double)score->rows);
    return ratio(of_rows, ratio((double)score->good_cells, (double)score->cells));
}

double on_line(const struct score *at, const struct score *one, const struct score *other,
               double measure(const struct score *)) {
    double x = rows_per_element(one), width = rows_per_element(other) - x;
    double slope = ratio(measure(other) - measure(one), width);
    return measure(one) + slope * (rows_per_element(at) - x);
}
