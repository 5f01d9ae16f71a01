/* A model that is too large for one picture, divided into pages: an overview, whose parts are
 * folded, and a page for each folded part, which may fold parts of its own. Depends on the model
 * alone, so that the same model always has the same pages. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_DIVISION_H
#define EMIT_DIVISION_H

#include "emit/picture.h"

/* A boundary that is drawn; or, where `is_piece`, a run of what lies in it, as all would be too
 * much. The outermost fold stands for the whole model. */
struct fold {
    const struct decl *boundary; /* NULL: outside of all */
    struct fold *parent, *first, *last, *next;
    size_t loose, start, end; /* in the order of the division: its elements; the first `loose` of
                                 them lie in no fold inside of it */
    size_t number, depth;
    size_t flows;   /* with both ends inside */
    size_t open[4]; /* open rows of elements and flows inside, by tier */
    bool is_piece, has_page;
    struct slice id;    /* of its page */
    struct slice title; /* drawable */
};

struct division {
    const struct emission *emission; /* of the whole */
    struct picture *whole;
    const struct decl **order; /* all elements, those of each fold together */
    struct fold **fold_of;     /* by subject number of an element: the innermost one around it */
    struct fold **by_boundary; /* by its index; NULL: it is not drawn */
    ARRAY_OF(struct fold *) pages;   /* the outermost fold, which is the overview, first */
    ARRAY_OF(struct fold *) folds;   /* by number */
    ARRAY_OF(struct fold *) outward; /* each before those inside of it */
};

/* NULL where nothing can be folded, as the model is small. */
struct division *divide(const struct emission *emission);
/* The page with this id, or NULL. */
struct fold *division_page(const struct division *division, struct slice id);
/* Of a boundary; NULL where it is none that is drawn. */
struct fold *fold_of_boundary(const struct division *division, const struct decl *boundary);
/* Reports that a page is drawn as a table, for the reason that the emission keeps. */
void tell_of_table(const struct emission *emission, const struct fold *page);
/* The innermost page around a fold. */
struct fold *page_around(struct fold *fold);
/* Fills in by number which folds inside of a page are drawn folded; all around these are open. */
void choose_folded(const struct division *division, const struct fold *page, bool *folded);
bool fold_is_in(const struct fold *fold, const struct fold *outer);
/* The innermost fold around both. */
struct fold *common_fold(struct fold *a, struct fold *b);
/* The most urgent tier in which a row of a subject is open; 0: none is. */
int worst_tier(const struct emission *emission, const struct decl *subject);

#endif
