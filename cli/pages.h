/* The pages of a model that is too large for one picture, each beside the overview: pay.front.svg
 * beside pay.svg. */
// SPDX-License-Identifier: MIT
#ifndef CLI_PAGES_H
#define CLI_PAGES_H

#include "parts.h"

/* The links between them, for the output of any: `picture` is the path of the overview. Freed by
 * the caller. */
struct page_links {
    char *overview, *pages;
};
struct page_links page_links(const char *picture);
void page_links_free(struct page_links *links);
/* Draws those that the picture of all has, which has been drawn; `anew`: it is another than before,
 * so that pages will be as well. False when one cannot be: the
 * session knows why. Always needs parts_close. */
bool pages_make(struct part_pictures *pages, struct session *session, const char *picture,
                bool force, bool anew);
/* Tells of pictures beside this one that an earlier run drew of pages which are no more. */
void tell_stale_pages(const struct part_pictures *pages, const char *picture);

#endif
