/* What a decision about a pattern rests on: the facts and traits that its rule read, and where its
 * spot lies. Written when somebody decides, compared ever after. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_BASIS_H
#define ANALYSIS_BASIS_H

#include "analysis/conditions.h"
#include "analysis/decisions.h"
#include "analysis/naming.h"

enum basis_kind {
    BASIS_FACT,  /* "webhook.auth=signature": what answers the question */
    BASIS_TRAIT, /* "pay.carries=amount": what its scope rests on */
    BASIS_ZONE,  /* "pay.crosses=vpc", "api.in=vpc": boundaries that its scope rests on */
    BASIS_REACH, /* "pay.reach=near": how near outside is; only of dismissals and acceptances */
};

struct basis_item {
    enum basis_kind kind;
    const struct decl *decl;
    enum attribute_id family;          /* of facts and traits */
    const struct attribute *attribute; /* NULL where nothing is stated */
    struct slice value;                /* of the others */
};
struct basis {
    struct basis_item *items;
    size_t count, capacity;
};

/* Adds what a question rests on now: that of a rule, or of a row without questions. */
void find_basis(struct arena *arena, const struct rows *rows, const struct target *target,
                struct basis *basis);
/* "webhook.auth=signature" */
struct slice basis_text(struct arena *arena, const struct basis_item *item);

/* What a decision says that it rests on, by what it names. */
struct stated_basis {
    struct arena *arena;
    const struct naming *naming;
    struct table values; /* of struct basis_key -> struct slice */
    bool stated;
};
struct stated_basis read_basis(const struct naming *naming, const struct decl *decision);
/* Notes in the target what is different now, and what follows. False when nothing that is written
 * there is about it. */
bool compare_basis(const struct stated_basis *stated, const struct rows *rows,
                   struct target *target);
/* Whether the question was there when that was written: all its facts and boundaries are. */
bool basis_knows(const struct stated_basis *stated, const struct rows *rows,
                 const struct pattern *pattern);

#endif
