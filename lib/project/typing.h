/* Finds what is being typed at a place of a text, by the text before it alone, as the text after it
 * may still change. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_TYPING_H
#define PROJECT_TYPING_H

#include "base/text.h"
#include "model/kind.h"

enum typing {
    TYPING_NOTHING, /* a text, a comment, or nothing that is known */
    TYPING_SECTION, /* of the YAML form */
    TYPING_ITEM,    /* an attribute or a declaration, in the block of `kind` or in the file */
    TYPING_KEY,     /* of the YAML form: an attribute of `kind`, or of a flow an end */
    TYPING_VALUE,   /* of `attribute`, on `kind` */
    TYPING_END      /* of a flow */
};

struct typed {
    enum typing what;
    enum kind kind;         /* KIND_COUNT: on the outermost level */
    struct slice attribute; /* its name */
};

/* `before`: the text up to the word at the place. */
struct typed typed_in_dsl(struct arena *arena, struct slice before);
struct typed typed_in_yaml(struct slice before);

#endif
