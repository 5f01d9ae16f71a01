/* The entries of public lists, and the look-up of one. */
// SPDX-License-Identifier: MIT
#include "model/reference.h"

#include <string.h>

#define PUBLISHER "OWASP-"

const struct reference_list_row reference_lists[REFERENCE_LIST_COUNT] = {
#define REFERENCE_LIST(list, family, title, home) {family, title, home},
#define REFERENCE(list, id, title)
#include "model/references.def"
#undef REFERENCE_LIST
#undef REFERENCE
};

const struct reference_row reference_rows[] = {
#define REFERENCE_LIST(list, family, title, home)
#define REFERENCE(list, id, title) {id, title, REFERENCE_LIST_##list, sizeof id - 1},
#include "model/references.def"
#undef REFERENCE_LIST
#undef REFERENCE
};
const size_t reference_count = sizeof reference_rows / sizeof *reference_rows;

/* The part of an id before the year of its list; all of it when it has none. */
static struct slice without_year(struct slice id) {
    struct slice rest = id, entry = id;
    slice_cut(&rest, ':', &entry);
    return entry;
}

static bool is_meant(struct slice typed, struct slice id) {
    return slice_equal_letters(typed, id) || slice_equal_letters(typed, without_year(id));
}

/* Rule packs have hundreds, nearly always by the letter, and all begin alike. */
static const struct reference_row *find_exactly(struct slice id) {
    for (size_t i = 0; i < reference_count; i++)
        if (reference_rows[i].length == id.length &&
            memcmp(reference_rows[i].id, id.at, id.length) == 0)
            return &reference_rows[i];
    return NULL;
}

const struct reference_row *reference_find(struct slice id) {
    const struct reference_row *found = find_exactly(id);
    if (found)
        return found;
    for (size_t i = 0; i < reference_count; i++)
        if (slice_equal_letters(id, slice_of(reference_rows[i].id)))
            return &reference_rows[i];
    return NULL;
}

const struct reference_row *reference_meant(struct slice typed) {
    for (size_t i = 0; i < reference_count; i++) {
        struct slice id = slice_of(reference_rows[i].id);
        if (is_meant(typed, id) || (slice_starts(id, PUBLISHER) &&
                                    is_meant(typed, slice_part(id, strlen(PUBLISHER), id.length))))
            return &reference_rows[i];
    }
    return NULL;
}
