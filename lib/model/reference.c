/* The entries of public lists, and the look-up of one. */
// SPDX-License-Identifier: MIT
#include "model/reference.h"

const struct reference_list_row reference_lists[REFERENCE_LIST_COUNT] = {
#define REFERENCE_LIST(list, family, title, home) {family, title, home},
#define REFERENCE(list, id, title)
#include "model/references.def"
#undef REFERENCE_LIST
#undef REFERENCE
};

const struct reference_row reference_rows[] = {
#define REFERENCE_LIST(list, family, title, home)
#define REFERENCE(list, id, title) {id, title, REFERENCE_LIST_##list},
#include "model/references.def"
#undef REFERENCE_LIST
#undef REFERENCE
};
const size_t reference_count = sizeof reference_rows / sizeof *reference_rows;

const struct reference_row *reference_find(struct slice id) {
    for (size_t i = 0; i < reference_count; i++)
        if (slice_equal_letters(id, slice_of(reference_rows[i].id)))
            return &reference_rows[i];
    return NULL;
}
