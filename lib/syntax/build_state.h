/* Shared by the parts of the builder: declarations (builder.c), attributes (build_attribute.c) and
 * references (resolve.c). */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_BUILD_STATE_H
#define SYNTAX_BUILD_STATE_H

#include "diag/diag.h"
#include "model/model.h"
#include "syntax/builder.h"

/* A name that nothing declares, kept until all mistakes are known: some only follow from others. */
struct unresolved {
    struct slice name;
    struct span span;
    const char *wanted; /* "element" */
    unsigned kinds;     /* for did-you-mean */
};

/* What a word of a known value stands for. */
struct meaning {
    struct slice value;
    symbol symbol;
    bool safe;
};

struct builder {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct source *source;
    const struct tree *tree;
    struct model *model;
    const struct item *system; /* the item of the model declaration, or NULL */
    enum file_kind file;
    struct table damaged;                   /* words of what was not understood */
    struct table meanings[ATTRIBUTE_COUNT]; /* word -> struct meaning, of those that have come */
    size_t nameless;                        /* declarations whose id is missing */
    bool lost; /* inside the block of something whose kind is not known */
    ARRAY_OF(struct unresolved) unresolved;
    size_t suggestions; /* names that were searched for a near one */
    struct decl *spare; /* see new_decl() */
    size_t spare_count, taken_count;
};

static inline struct diagnostic *report(struct builder *builder, enum diag_code code,
                                        struct span span, const struct slice *args) {
    return diag_add(builder->diagnostics, code, builder->source, span, args);
}
/* "did you mean 'x'?" when one of the names is near. */
static inline void suggest(struct builder *builder, struct diagnostic *diagnostic,
                           struct slice name, const struct slice *names, size_t count) {
    diag_suggest(builder->diagnostics, diagnostic, name, names, count);
}

/* False, and reported unless the declaration allows it, when nobody could see the text of the
 * attribute, or of the label (NULL). */
bool check_visible(struct builder *builder, const struct decl *decl, const struct word *text,
                   const char *attribute);
/* Checks the attribute and hangs it on the declaration. */
void build_attribute(struct builder *builder, struct decl *decl, const struct item *item);
/* evidence { FACT: "place" } */
void build_evidence(struct builder *builder, struct decl *decl, const struct item *item);
/* Whether it is LETTER@SUBJECT, with /RULE and /FLOW after it when `pattern` is true. */
bool is_row_id(struct slice id, bool pattern);
bool is_id(struct slice id, bool digit_first);

/* Resolves ends, places, assets and views; finds flows of elements and the depth of boundaries. */
void resolve(struct builder *builder);

#endif
