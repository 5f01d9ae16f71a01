/* The ids by which decisions name subjects, rules and patterns, also those of the past. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_NAMING_H
#define ANALYSIS_NAMING_H

#include "analysis/rows.h"

/* The ids of one file. */
struct naming {
    struct arena *arena;
    const struct rows *rows;
    const struct model *model;
    bool imported;       /* it is not the main file, whose model has all */
    struct table former; /* id of the past -> what has another one now */
};

/* All that had other ids, in the model of all files. */
struct decl_list find_renamed(struct arena *arena, const struct rows *rows);
struct naming naming_of(struct arena *arena, const struct rows *rows, const struct model *model,
                        bool imported, const struct decl_list *renamed);
/* What has or had this id, in the model of all files; an id that is in use beats one of the past.
 * NULL where there is none of these kinds. */
struct decl *find_by_id(const struct naming *naming, struct slice id, unsigned kinds);

/* The rules of a pack, and where their patterns are. */
struct rule_names {
    struct arena *arena;
    const struct rows *rows;
    struct table former; /* id of the past -> struct rule_list */
    struct table large;  /* address of a row with many patterns -> struct table of them */
};
struct rule_list {
    const struct rule **items;
    size_t count, capacity;
};

struct rule_names rule_names_of(struct arena *arena, const struct rows *rows);
/* The rule of this id, or all that it has become. */
struct rule_list find_rules(struct rule_names *names, struct slice id);
/* The pattern of the rule in the row that was tried at the subject, or NULL. */
struct pattern *find_pattern_of(struct rule_names *names, const struct row *row,
                                const struct rule *rule, const struct decl *subject);

#endif
