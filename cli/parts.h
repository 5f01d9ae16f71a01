/* Pictures of parts of a model, its views and its pages, each beside that of the whole:
 * pay.front.svg beside pay.svg. */
// SPDX-License-Identifier: MIT
#ifndef CLI_PARTS_H
#define CLI_PARTS_H

#include "generated.h"

struct part_pictures {
    char **paths;
    struct product *products;
    size_t count, made;
};

/* "pay.svg", "front" -> "pay.front.svg" */
char *path_of_part(const char *picture, const char *id);
/* Names the pictures of all parts that the compilation has; `part_at` is the call that returns the
 * id of each. Always needs parts_close. */
typedef const char *part_at(stridec *compilation, size_t index);
void parts_open(struct part_pictures *parts, stridec *compilation, part_at *part,
                const char *picture);
bool parts_may_replace(const struct part_pictures *parts, struct session *session, bool force);
void parts_close(struct part_pictures *parts);

#endif
