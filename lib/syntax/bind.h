/* Conditions of rules: names bound to truths, attributes and symbols. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_BIND_H
#define SYNTAX_BIND_H

#include "diag/diag.h"
#include "model/rule.h"

struct binder {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct source *source;
    struct vocabulary *vocabulary;
    struct uses *uses;       /* which get the words that are bound; or NULL */
    const struct decl *decl; /* whose condition it is */
    unsigned subject;        /* ON_...: the kinds that the rule is tried on */
    /* ON_...: the kinds whose names stand without an owner; flows inside a quantifier */
    unsigned here;
    bool judges; /* a tier's condition, which may ask about the pattern */
};

/* NULL, and reported, when a name or value means nothing. */
struct condition *bind_condition(struct binder *binder, const struct expr *expr);

#endif
