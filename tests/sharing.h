/* Compilations of one test program, which read the built-in rules once. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_SHARING_H
#define TESTS_SHARING_H

#include "stridec.h"
#include "support.h"

/* Stays until the program ends. */
static inline stridec_pack *built_in_pack(void) {
    static stridec_pack *pack;
    if (!pack)
        assert_int_equal(stridec_pack_new(stridec_new(NULL), &pack), STRIDEC_OK);
    return pack;
}

/* Free it, as any other. */
static inline stridec *sharing_new(void) {
    const stridec_config config = {.size = sizeof config, .pack = built_in_pack()};
    stridec *compilation = stridec_new(&config);
    assert_non_null(compilation);
    return compilation;
}

#endif
