/* Where things stand in the texts of a project, models and rules, for editors: declarations,
 * attributes, values and references, also when the text has mistakes. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_PLACES_H
#define PROJECT_PLACES_H

#include "project/project.h"
#include "project/units.h"

enum role { ROLE_DECLARATION, ROLE_REFERENCE, ROLE_ATTRIBUTE, ROLE_VALUE, ROLE_UNREAD };

struct text_place {
    enum role role;
    const struct unit *unit;
    struct span span;
    const struct decl *decl;     /* what is declared or meant, or what it stands in; or NULL */
    enum attribute_id attribute; /* ATTRIBUTE_COUNT: none */
    uint32_t reach;              /* where the last ends of those in its file that begin no later */
};

/* Those of one file, from `first` and up to but without `end`. */
struct file_places {
    const struct unit *unit;
    size_t first, end;
};

struct text_places {
    ARRAY_OF(struct text_place) list; /* by file, then by where they begin */
    ARRAY_OF(struct file_places) files;
};

/* All of them; found on first use after project_compile. References are there when
 * `keeps_places` was set before. */
const struct text_places *project_places(struct project *project);
/* The innermost one at the offset of the text, or NULL. */
const struct text_place *find_place(struct project *project, const struct unit *unit,
                                    uint32_t offset);
/* The files that were read: the model's, what it imports, rules, decisions; NULL after the last. */
struct unit *project_unit(const struct project *project, size_t index);
/* The file that was read by this path, or that is new; else NULL. */
const struct unit *find_unit(const struct project *project, struct slice path);
/* The file of this text; NULL where it has none, as the built-in rules. */
const struct unit *unit_of_source(const struct project *project, const struct source *source);
/* The file that a declaration stands in; that of its own, where it stands for another file's. NULL
 * for those of the built-in rules. */
const struct unit *unit_of(const struct project *project, const struct decl *decl);
static inline const struct decl *declared(const struct decl *decl) {
    return more_of(decl)->origin ? more_of(decl)->origin : decl;
}

#endif
