/* Pages are drawn side by side in child processes. One about which there is something to say, as
 * which is drawn as a table, is then looked at here as a picture that was drawn before. How far
 * that is stands on the terminal where it takes longer than somebody likes to wait in silence. What
 * an earlier run drew is told by its mark, and left for its owner to remove. */
// SPDX-License-Identifier: MIT
#include "pages.h"

#include "crew.h"
#include "paths.h"
#include "progress.h"
#include "report.h"

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

/* ---- drawing ----------------------------------------------------------------------------- */

#define FEW 4 /* pages that are not worth processes of their own */

struct drawing {
    struct session *session;
    const struct part_pictures *pages;
    struct page_links links;
    struct progress progress;
    bool force;
    size_t said; /* diagnostics, before a page */
};

/* What a child hands over begins with one of these. */
#define AS_IT_IS '0'
#define TO_BE_SAID '1'

static stridec_output wanted_of(const struct drawing *drawing, size_t number) {
    return (stridec_output){.size = sizeof(stridec_output),
                            .picture = drawing->links.overview,
                            .page_pictures = drawing->links.pages,
                            .page = stridec_page_at(drawing->session->compilation, number),
                            .more = true};
}

/* Whether there are more of them than before; those count then, too. */
static bool says_more(struct drawing *drawing) {
    size_t before = drawing->said;
    stridec_diagnostic diagnostic = {.size = sizeof diagnostic};
    while (stridec_diagnostic_at(drawing->session->compilation, drawing->said, &diagnostic))
        drawing->said++;
    return drawing->said > before;
}

/* In a child: the page, if it has to be drawn. */
static void draw_ahead(void *context, size_t number, struct text *result) {
    struct drawing *drawing = context;
    struct product product;
    const stridec_output wanted = wanted_of(drawing, number);
    (void)says_more(drawing);
    if (product_make(&product, drawing->session, drawing->pages->paths[number], "svg", &wanted,
                     drawing->force) &&
        !target_holds(&product.target, &product.content)) {
        const char mark = says_more(drawing) ? TO_BE_SAID : AS_IT_IS;
        (void)(text_append(result, &mark, 1) &&
               text_append(result, product.content.at, product.content.length));
    }
    product_close(&product);
}

/* The time that its layout program took is its own only when it has seen the end of it. */
static void end_ahead(void *context) {
    struct drawing *drawing = context;
    stridec_free(drawing->session->compilation);
}

static void show_drawn(void *context, size_t count) {
    struct drawing *drawing = context;
    progress_show(&drawing->progress, count);
}

/* One that is said something about is drawn here, where what a child has drawn is like a picture of
 * an earlier run; so is one that no child has drawn. */
static bool take_page(struct drawing *drawing, struct part_pictures *pages, size_t number,
                      const struct text *drawn) {
    struct product *product = &pages->products[number];
    const char *path = pages->paths[number];
    if (drawn->length > 1 && drawn->at[0] == AS_IT_IS)
        return product_take(product, drawing->session, path, drawn->at + 1, drawn->length - 1);
    const stridec_output wanted = wanted_of(drawing, number);
    const char *previous = drawn->length ? drawn->at + 1 : drawing->force ? "" : NULL;
    return product_make_from(product, drawing->session, path, "svg", &wanted, previous);
}

static bool take_pages(struct drawing *drawing, struct part_pictures *pages,
                       const struct text *drawn) {
    bool made = true;
    for (size_t i = 0; made && i < pages->count; i++, pages->made++) {
        made = take_page(drawing, pages, i, &drawn[i]);
        progress_show(&drawing->progress, i + 1);
    }
    return made;
}

bool pages_make(struct part_pictures *pages, struct session *session, const char *picture,
                bool force, bool anew) {
    struct drawing drawing = {session, pages, page_links(picture), {0}, force, 0};
    parts_open(pages, session->compilation, stridec_page_at, picture);
    struct text *drawn = room_for(pages->count + 1, sizeof *drawn);
    const struct crew_work work = {pages->count, draw_ahead, end_ahead, show_drawn, &drawing};
    progress_open(&drawing.progress, "pages drawn", pages->count);
    if (anew && pages->count > FEW)
        crew_run(&work, drawn);
    bool made = take_pages(&drawing, pages, drawn);
    progress_close(&drawing.progress);
    for (size_t i = 0; i < pages->count; i++)
        text_free(&drawn[i]);
    free(drawn);
    page_links_free(&drawing.links);
    return made;
}

/* ---- pages that are no more -------------------------------------------------------------- */

/* Whether a file says in its first line that it is a page of a picture. */
static bool is_page(const char *path) {
    static const char mark[] = " data-stridec-page=\"";
    char line[2048];
    FILE *file = fopen(path, "r");
    bool found = file && fgets(line, sizeof line, file) && strstr(line, mark);
    if (file)
        (void)fclose(file); /* it was only read */
    return found;
}

/* "pay.front.svg" beside "pay.svg" */
static bool is_named_as_page(const char *name, const char *picture) {
    size_t stem = strlen(picture) - strlen(".svg"), length = strlen(name);
    return length > strlen(picture) + 1 && strncmp(name, picture, stem + 1) == 0 &&
           strcmp(name + length - strlen(".svg"), ".svg") == 0;
}

static bool is_current(const struct part_pictures *pages, const char *name) {
    for (size_t i = 0; i < pages->made; i++)
        if (strcmp(path_base(pages->paths[i]), name) == 0)
            return true;
    return false;
}

void tell_stale_pages(const struct part_pictures *pages, const char *picture) {
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
