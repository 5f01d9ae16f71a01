/* One page of a divided model, as a model of its own that is drawn like any other: copies of what
 * is shown whole, and stand-ins for what is folded or lies on other pages. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_EXCERPT_H
#define EMIT_EXCERPT_H

#include "emit/division.h"

#define FLOWS_NAMED 4 /* badges in the label of several flows */

/* What a box or line of the page stands for. */
struct stand_in {
    const struct decl *original; /* what it is a copy of; NULL: it stands for several */
    struct fold *fold;           /* that it stands for; NULL and no original: several flows, or all
                                    that lies on other pages */
    bool is_foreign;             /* an element of another page */
    size_t elements, flows;      /* inside; of a line: how many flows */
    size_t forth, back;          /* of a line: which way they go */
    int worst;                   /* tier in which something is open; 0: nothing is */
    size_t open;                 /* of a fold: how many elements and flows inside have that */
    const struct decl *first;    /* of a line: its first flow; NULL: it is a box */
    size_t named[FLOWS_NAMED];   /* badges of the first of its flows */
};

/* How much of a page is drawn, where all would be too small to read. */
enum detail {
    DETAIL_all,
    DETAIL_badges, /* flows have no text */
    DETAIL_inside  /* besides, all other pages are one box */
};

struct excerpt {
    const struct division *division;
    struct fold *page;
    struct stand_in *stand_ins; /* by number in the excerpt's model */
    size_t *zone_numbers;       /* by index of its boundaries: those of the whole picture */
    struct slice caption;       /* drawable; it stands above the picture */
    enum detail detail;
    struct slice choice; /* of the ways to lay it out; "": any */
};

/* The page as an emission. `choice`: see the excerpt. */
struct emission *make_excerpt(const struct emission *emission, struct division *division,
                              struct fold *page, enum detail detail, struct slice choice);

/* NULL: the declaration is drawn as what it is. */
static inline const struct stand_in *stand_in_for(const struct picture *picture,
                                                  const struct decl *decl) {
    const struct excerpt *excerpt = picture->emission->excerpt;
    const struct stand_in *stand_in = excerpt ? &excerpt->stand_ins[decl->number] : NULL;
    return stand_in && !stand_in->original ? stand_in : NULL;
}
/* The declaration in the whole model; itself where the picture is no excerpt. NULL: it stands for
 * several. */
static inline const struct decl *original_of(const struct picture *picture,
                                             const struct decl *decl) {
    const struct excerpt *excerpt = picture->emission->excerpt;
    return excerpt ? excerpt->stand_ins[decl->number].original : decl;
}
/* Whether an element, which is drawn as such, lies on another page. */
static inline bool is_foreign(const struct picture *picture, const struct decl *element) {
    const struct excerpt *excerpt = picture->emission->excerpt;
    return excerpt && excerpt->stand_ins[element->number].original &&
           excerpt->stand_ins[element->number].is_foreign;
}

/* The link to a page, or to the overview; as XML. */
void write_page_link(struct writer *writer, const struct emission *emission,
                     const struct fold *page);
/* The link of a shape: to the page that shows more of it, or as write_link() has it. */
void write_shape_link(struct writer *writer, const struct picture *picture,
                      const struct decl *decl);
/* The whole that the picture is of, or a page of. */
const struct emission *whole_of(const struct picture *picture);
/* The number on the badge of a flow or crossing, as in the whole. */
size_t picture_badge(const struct picture *picture, const struct decl *decl);

#endif
