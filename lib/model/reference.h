/* Entries of public lists that rules refer to, from the table references.def. */
// SPDX-License-Identifier: MIT
#ifndef MODEL_REFERENCE_H
#define MODEL_REFERENCE_H

#include "base/text.h"

enum reference_list {
#define REFERENCE_LIST(list, family, title, home) REFERENCE_LIST_##list,
#define REFERENCE(list, id, title)
#include "model/references.def"
#undef REFERENCE_LIST
#undef REFERENCE
    REFERENCE_LIST_COUNT
};
struct reference_list_row {
    const char *family; /* "owasp-api" */
    const char *title, *home;
};
extern const struct reference_list_row reference_lists[REFERENCE_LIST_COUNT];

struct reference_row {
    const char *id; /* "API1:2023" */
    const char *title;
    enum reference_list list;
    size_t length; /* of the id */
};
/* Lists one after the other. */
extern const struct reference_row reference_rows[];
extern const size_t reference_count;

/* MITRE's page of an entry is at this, its number and ".html". */
#define CWE_HOME "https://cwe.mitre.org/data/definitions/"
#define CAPEC_HOME "https://capec.mitre.org/data/definitions/"

/* In any case; NULL when no list has the entry. */
const struct reference_row *reference_find(struct slice id);
/* Likewise for what people type: A03:2025 without the name of its publisher, and API1 without the
 * year, of which the newest is meant. */
const struct reference_row *reference_meant(struct slice typed);

#endif
