/* The choices of stridec, and those that the drawing alone suggests: the baselines it is measured
 * beside. */
// SPDX-License-Identifier: MIT
#include "quality.h"

#include <string.h>

static void mark(unsigned char *cells, size_t subject, const char *letters) {
    for (; *letters; letters++)
        cells[cell_of(subject, (size_t)(strchr(LETTERS, *letters) - LETTERS))] |= FOUND | SHOWN;
}

static void mark_rows(const struct diagram *diagram, unsigned char *cells) {
    memcpy(cells, diagram->rows, cell_of(subject_count(diagram), 0));
}

static void mark_described(const struct diagram *diagram, unsigned char *cells) {
    if (diagram->described)
        memcpy(cells, diagram->described, cell_of(subject_count(diagram), 0));
}

unsigned char marks_of(const char *state, bool first) {
    bool open = strcmp(state, "open") == 0;
    if (strcmp(state, "not_applicable") == 0 || strcmp(state, "out_of_scope") == 0)
        return 0;
    if (strcmp(state, "folded") == 0)
        return FOUND | OPEN_FOUND;
    return (unsigned char)(FOUND | SHOWN | (first ? FIRST : 0) | (open ? OPEN_FOUND | OPEN : 0) |
                           (open && first ? OPEN_FIRST : 0));
}

/* A store that is a log can be used to deny. */
static const char *letters_of(const struct element *element) {
    static const char *const letters[] = {[EXTERNAL] = "SR", [PROCESS] = "STRIDE", [STORE] = "TID"};
    const char *log = json_string_value(json_object_get(element->attributes, "log"));
    return element->kind == STORE && log && strcmp(log, "yes") == 0 ? "TRID"
                                                                    : letters[element->kind];
}

static void mark_elements(const struct diagram *diagram, unsigned char *cells) {
    for (size_t i = 0; i < diagram->element_count; i++)
        mark(cells, i, letters_of(&diagram->elements[i]));
    for (size_t i = 0; i < diagram->flow_count; i++)
        mark(cells, diagram->element_count + i, "TID");
}

static void mark_elements_and_records(const struct diagram *diagram, unsigned char *cells) {
    mark_elements(diagram, cells);
    for (size_t i = 0; i < diagram->element_count; i++)
        if (diagram->elements[i].kind == STORE)
            mark(cells, i, "R");
}

/* By the kinds of the source and of the target. */
static void mark_interactions(const struct diagram *diagram, unsigned char *cells) {
    static const char *const at_source[][3] = {
        [EXTERNAL] = {[EXTERNAL] = "SRI", [PROCESS] = "SRI", [STORE] = "SRI"},
        [PROCESS] = {[EXTERNAL] = "SRID", [PROCESS] = "SRIDE", [STORE] = "SI"},
        [STORE] = {[EXTERNAL] = "RID", [PROCESS] = "RID", [STORE] = "RID"}};
    static const char *const at_target[][3] = {
        [EXTERNAL] = {[EXTERNAL] = "SR", [PROCESS] = "SDE", [STORE] = "TRID"},
        [PROCESS] = {[EXTERNAL] = "SR", [PROCESS] = "SRDE", [STORE] = "TRID"},
        [STORE] = {[EXTERNAL] = "SR", [PROCESS] = "STDE", [STORE] = "TRID"}};
    for (size_t i = 0; i < diagram->flow_count; i++) {
        const struct flow *flow = &diagram->flows[i];
        enum element_kind from = diagram->elements[flow->from].kind;
        enum element_kind to = diagram->elements[flow->to].kind;
        mark(cells, flow->from, at_source[from][to]);
        mark(cells, flow->to, at_target[from][to]);
        if (flow->crosses)
            mark(cells, diagram->element_count + i, "TID");
    }
}

static void mark_crossing_flows(const struct diagram *diagram, unsigned char *cells) {
    for (size_t i = 0; i < diagram->flow_count; i++)
        if (diagram->flows[i].crosses)
            mark(cells, diagram->element_count + i, "TID");
}

static void mark_crossings_and_ends(const struct diagram *diagram, unsigned char *cells) {
    mark_crossing_flows(diagram, cells);
    for (size_t i = 0; i < diagram->flow_count; i++) {
        const struct flow *flow = &diagram->flows[i];
        if (!flow->crosses)
            continue;
        mark(cells, flow->from, letters_of(&diagram->elements[flow->from]));
        mark(cells, flow->to, letters_of(&diagram->elements[flow->to]));
    }
}

const struct choice choices[CHOICE_COUNT] = {
    [ALL_ROWS] = {"all rows", mark_rows, FOUND, SHOWN, false},
    [OPEN_ROWS] = {"open rows", mark_rows, OPEN_FOUND, OPEN, false},
    [TIER_ONE] = {"tier 1", mark_rows, FIRST, FIRST, false},
    [TIER_ONE_OPEN] = {"tier 1, open", mark_rows, OPEN_FIRST, OPEN_FIRST, false},
    [DESCRIBED_ROWS] = {"all rows", mark_described, FOUND, SHOWN, true},
    [DESCRIBED_OPEN_ROWS] = {"open rows", mark_described, OPEN_FOUND, OPEN, true},
    [DESCRIBED_TIER_ONE] = {"tier 1", mark_described, FIRST, FIRST, true},
    [DESCRIBED_TIER_ONE_OPEN] = {"tier 1, open", mark_described, OPEN_FIRST, OPEN_FIRST, true},
    [PER_ELEMENT] = {"per element", mark_elements, FOUND, SHOWN, false},
    [PER_ELEMENT_R] = {"per element, R on all stores", mark_elements_and_records, FOUND, SHOWN,
                       false},
    [PER_INTERACTION] = {"per interaction", mark_interactions, FOUND, SHOWN, false},
    [CROSSING_ENDS] = {"crossing flows and their ends", mark_crossings_and_ends, FOUND, SHOWN,
                       false},
    [CROSSING_FLOWS] = {"crossing flows only", mark_crossing_flows, FOUND, SHOWN, false},
};
