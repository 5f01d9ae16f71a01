/* Ids and conditions read a second time, for plain.c: what a word names, and what a rule reads. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_PLAIN_NAMING_H
#define TESTS_PLAIN_NAMING_H

#include "analysis/basis.h"
#include "models/plain.h"

/* The part of one of these kinds that has this id, or had it; or NO_PART. `imported`: as the
 * imported file spells it. */
size_t find_part(const struct plain *plain, struct slice id, bool imported, unsigned kinds);
/* As the main file spells it. */
struct slice part_id(const struct plain *plain, size_t part);

/* "a" and "b" of "[a, b]"; or the word itself, without its quotes. */
struct words words_of(const struct plain *plain, struct slice value);

/* A row, and a rule of it with the spot where that is tried. */
struct spot_named {
    const struct row *row;
    const struct rule *rule; /* NULL: the row itself */
    struct slice spot;
};
struct spots_named {
    struct spot_named *items;
    size_t count, capacity;
};
/* None: an orphan. */
struct spots_named find_named(const struct plain *plain, struct slice word, bool imported);
/* "S@browser/forged_caller/pay" */
struct slice aim_id(const struct plain *plain, const struct spot_named *at);

/* What is read there now. */
struct read {
    enum basis_kind basis;
    struct slice name; /* "webhook.auth" */
    size_t part;
    enum kind kind; /* of the part */
    const char *attribute;
    struct slice value;
};
struct reads {
    struct read *items;
    size_t count, capacity;
};
/* What is asked where the row folds: of an answer, the same question of its request. */
struct asked {
    const struct row *row;
    const struct pattern *pattern;
};
struct askeds {
    struct asked *items;
    size_t count, capacity;
};
struct askeds find_asked_for(const struct plain *plain, const struct spot_named *at);
/* `unstated`: also traits that are not stated. */
struct reads find_reads(const struct plain *plain, const struct spot_named *at, bool unstated);
/* What the decision has written about it, in the words of today. */
bool was_written(const struct plain *plain, const struct decided *decided, const struct read *read,
                 struct slice *was);
/* 0 stated and not safe, 1 not stated, 2 safe. */
int safety_of_words(enum kind kind, const char *attribute, struct slice words);

#endif
