/* The pages of a model that is too large for one picture, each beside the overview: pay.front.svg
 * beside pay.svg. */
// SPDX-License-Identifier: MIT
#ifndef CLI_PAGES_H
#define CLI_PAGES_H

#include "generated.h"

struct page_pictures {
    char **paths;
    struct product *products;
    size_t count, made;
};

/* The links between them, for the output of any: `picture` is the path of the overview. Freed by
 * the caller. */
struct page_links {
    char *overview, *pages;
};
struct page_links page_links(const char *picture);
void page_links_free(struct page_links *links);
/* Draws those that the picture of all has, which has been drawn; `anew`: it is another than before,
 * so that pages will be as well. False when one cannot be: the
 * session knows why. Always needs pages_close. */
bool pages_make(struct page_pictures *pages, struct session *session, const char *picture,
                bool force, bool anew);
bool pages_may_replace(const struct page_pictures *pages, struct session *session, bool force);
/* Tells of pictures beside this one that an earlier run drew of pages which are no more. */
void tell_stale_pages(const struct page_pictures *pages, const char *picture);
void pages_close(struct page_pictures *pages);

#endif
