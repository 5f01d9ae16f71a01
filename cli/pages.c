/* Pages are drawn one after the other, and how far that is stands on the terminal where it takes
 * longer than somebody likes to wait in silence. What an earlier run drew is told by its mark, and
 * left for its owner to remove. */
// SPDX-License-Identifier: MIT
#include "pages.h"

#include "paths.h"
#include "progress.h"
#include "report.h"
#include "views.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

struct page_links page_links(const char *picture) {
    const char *base = path_base(picture);
    return (struct page_links){text_copy(base), path_of_part(base, "*")};
}

void page_links_free(struct page_links *links) {
    free(links->overview);
    free(links->pages);
}

bool pages_make(struct page_pictures *pages, struct session *session, const char *picture,
                bool force) {
    struct page_links links = page_links(picture);
    struct progress progress;
    bool drawn = true;
    while (stridec_page_at(session->compilation, pages->count))
        pages->count++;
    pages->paths = room_for(pages->count + 1, sizeof *pages->paths);
    pages->products = room_for(pages->count + 1, sizeof *pages->products);
    progress_open(&progress, "pages drawn", pages->count);
    for (size_t i = 0; drawn && i < pages->count; i++, pages->made++) {
        const stridec_output wanted = {.size = sizeof wanted,
                                       .picture = links.overview,
                                       .page_pictures = links.pages,
                                       .page = stridec_page_at(session->compilation, i)};
        pages->paths[i] = path_of_part(picture, wanted.page);
        drawn = product_make(&pages->products[i], session, pages->paths[i], "svg", &wanted, force);
        progress_show(&progress, i + 1);
    }
    progress_close(&progress);
    page_links_free(&links);
    return drawn;
}

bool pages_may_replace(const struct page_pictures *pages, struct session *session, bool force) {
    bool may = true;
    for (size_t i = 0; i < pages->made; i++)
        may &= product_may_replace(&pages->products[i], session, force);
    return may;
}

void pages_close(struct page_pictures *pages) {
    for (size_t i = 0; i < pages->made; i++) {
        product_close(&pages->products[i]);
        free(pages->paths[i]);
    }
    free(pages->products);
    free(pages->paths);
}

/* ---- pages that are no more -------------------------------------------------------------- */

/* Whether a file says in its first line that it is a page of a picture. */
static bool is_page(const char *path) {
    static const char mark[] = " data-stridec-page=\"";
    char line[2048];
    FILE *file = fopen(path, "r");
    bool found = file && fgets(line, sizeof line, file) && strstr(line, mark);
    if (file)
        fclose(file);
    return found;
}

/* "pay.front.svg" beside "pay.svg" */
static bool is_named_as_page(const char *name, const char *picture) {
    size_t stem = strlen(picture) - strlen(".svg"), length = strlen(name);
    return length > strlen(picture) + 1 && strncmp(name, picture, stem + 1) == 0 &&
           strcmp(name + length - strlen(".svg"), ".svg") == 0;
}

static bool is_current(const struct page_pictures *pages, const char *name) {
    for (size_t i = 0; i < pages->made; i++)
        if (strcmp(path_base(pages->paths[i]), name) == 0)
            return true;
    return false;
}

void tell_stale_pages(const struct page_pictures *pages, const char *picture) {
    char *folder = path_beside(picture, ".");
    DIR *names = opendir(folder);
    for (struct dirent *entry; names && (entry = readdir(names));) {
        if (!is_named_as_page(entry->d_name, path_base(picture)) ||
            is_current(pages, entry->d_name))
            continue;
        char *path = path_beside(picture, entry->d_name);
        if (is_page(path))
            tell_file(path, "stale: a page of an earlier run; remove it");
        free(path);
    }
    if (names)
        closedir(names);
    free(folder);
}
