/* What plain.c and plain_threats.c share: decisions with what they name. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_PLAIN_COURT_H
#define TESTS_PLAIN_COURT_H

#include "models/plain_naming.h"

enum { ORPHAN = 1, ASLEEP = 2, STALE = 4, NEARER = 8, UNCONFIRMED = 16, RESOLVED = 32, GONE = 64 };
#define ELSEWHERE 128u

struct aim {
    struct slice word;
    bool orphan;
    struct spot_named at;
    const struct pattern *pattern;
    unsigned standing;
    struct words changes;
};
struct aims {
    struct aim *items;
    size_t count, capacity;
};

struct about {
    const struct decided *decided;
    struct aims aims;
    bool loose;
    enum threat_state state; /* of a threat, as are */
    size_t mitigations, risk_count;
};

/* What was decided about a pattern, or a row without any. */
struct ruling {
    const void *place;
    const struct row *row;
    enum answer answer;
    bool holds;
    const struct about *first;
    bool folded; /* by a decision about what folds into its row */
};

struct court {
    const struct plain *plain;
    struct about *about;
    size_t count;
    struct ruling *verdicts;
    size_t verdict_count;
    int pin;
    struct slice bands;
    struct report *report;
};

static inline bool says(const struct decided *decided, const char *name, const char *word) {
    return slice_is(decided_says(decided, name), word);
}

/* The threat of this id, or that had it, beside the same model; or NULL. */
struct about *find_threat(const struct court *court, struct slice id, bool imported);
/* Its state, and how much is about it. */
void settle(const struct court *court, struct about *threat);
void tell_about_threat(const struct court *court, const struct about *threat);
/* "[critical, 16][high, 8]" */
struct slice bands_of_method(const struct plain *plain);

#endif
