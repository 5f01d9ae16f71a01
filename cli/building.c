/* All that is made for one model: pictures and document. Nothing is written when one of them would
 * overwrite somebody's work; the document is written also when the picture fails. */
// SPDX-License-Identifier: MIT
#include "building.h"

#include "depfile.h"
#include "endings.h"
#include "generated.h"
#include "left.h"
#include "links.h"
#include "pages.h"
#include "paths.h"
#include "report.h"
#include "terminal.h"
#include "views.h"

#include <stdlib.h>
#include <string.h>

struct build {
    struct session *session;
    const char *model;
    const struct building *how;
    char *document_path, *picture_path;
    struct product document, picture;
    struct part_pictures views, pages;
    bool has_picture, has_views;
};

/* A model from standard input has its picture beside the document. */
static struct build begin_build(struct session *session, const char *model,
                                const struct building *how) {
    struct build build = {.session = session, .model = model, .how = how};
    const char *document = how->document;
    build.document_path = document ? text_copy(document) : path_beside(model, BUILT_DOCUMENT);
    if (strcmp(model, "-") != 0) {
        build.picture_path = path_of_picture(model);
        return build;
    }
    const char *base = path_base(document), *dot = strrchr(base, '.');
    char *stem = text_copy(document);
    if (dot && dot != base)
        stem[dot - document] = 0;
    build.picture_path = path_of_picture(stem);
    free(stem);
    return build;
}

static void end_build(struct build *build) {
    product_close(&build->picture);
    product_close(&build->document);
    parts_close(&build->views);
    parts_close(&build->pages);
    free(build->document_path);
    free(build->picture_path);
}

static bool make_document(struct build *build) {
    char *link = path_seen_from(build->document_path, build->picture_path);
    char *views = views_link(build->document_path, build->picture_path);
    bool has_pages = build->has_picture && build->pages.count;
    const stridec_output with_pictures = {.size = sizeof with_pictures,
                                          .picture = build->has_picture ? link : NULL,
                                          .view_pictures = build->has_views ? views : NULL,
                                          .page_pictures = has_pages ? views : NULL,
                                          .sections = build->how->sections};
    bool made = product_make(&build->document, build->session, build->document_path, "markdown",
                             &with_pictures, build->how->force);
    free(views);
    free(link);
    return made;
}

static bool make_products(struct build *build) {
    struct page_links links = page_links(build->picture_path);
    const stridec_output wanted = {.size = sizeof wanted,
                                   .picture = links.overview,
                                   .page_pictures = links.pages,
                                   .more = true};
    build->has_picture = product_make(&build->picture, build->session, build->picture_path, "svg",
                                      &wanted, build->how->force);
    page_links_free(&links);
    bool anew = !target_holds(&build->picture.target, &build->picture.content);
    build->has_picture =
        build->has_picture &&
        pages_make(&build->pages, build->session, build->picture_path, build->how->force, anew);
    if (build->session->outcome == OUTCOME_MISUSE)
        return false; /* there is no model in the file */
    build->has_views = build->has_picture && views_make(&build->views, build->session,
                                                        build->picture_path, build->how->force);
    return make_document(build);
}

/* All are checked, so that one run reports all. */
static bool may_replace(struct build *build) {
    bool document = product_may_replace(&build->document, build->session, build->how->force);
    bool picture = !build->has_picture ||
                   product_may_replace(&build->picture, build->session, build->how->force);
    bool views =
        !build->has_views || parts_may_replace(&build->views, build->session, build->how->force);
    bool pages =
        !build->has_picture || parts_may_replace(&build->pages, build->session, build->how->force);
    return document && picture && views && pages;
}

void print_open_rows(stridec *compilation) {
    size_t first = stridec_open_rows(compilation, 1);
    size_t others = stridec_open_rows(compilation, 0) - first;
    printf("%zu open %s in tier 1, %zu in the others", first, first == 1 ? "row" : "rows", others);
}

static void tell_summary(const struct build *build) {
    stridec *compilation = build->session->compilation;
    if (report_is_on()) {
        report_count("open_rows", stridec_open_rows(compilation, 0));
        report_count("open_rows_in_tier_1", stridec_open_rows(compilation, 1));
        return;
    }
    print_open_rows(compilation);
    if (strcmp(build->model, "-") != 0) {
        fputs(": stridec threats ", stdout);
        print_model_arguments(stdout, build->session->run, build->model);
    }
    putchar('\n');
}

/* The pictures first, as the document shows them. */
static bool write_products(struct build *build) {
    bool written = !build->has_picture || product_write_and_tell(&build->picture, build->session);
    for (size_t i = 0; build->has_picture && i < build->pages.count; i++)
        written &= product_write_and_tell(&build->pages.products[i], build->session);
    for (size_t i = 0; build->has_views && i < build->views.count; i++)
        written &= product_write_and_tell(&build->views.products[i], build->session);
    return product_write_and_tell(&build->document, build->session) && written;
}

/* Those of views and pages only when they are there. */
static bool write_depfile(struct build *build) {
    size_t views = build->has_views ? build->views.count : 0, count = 0;
    size_t pages = build->has_picture ? build->pages.count : 0;
    const char **files = room_for(views + pages + 2, sizeof *files);
    files[count++] = build->picture_path;
    files[count++] = build->document_path;
    for (size_t i = 0; i < views; i++)
        files[count++] = build->views.paths[i];
    for (size_t i = 0; i < pages; i++)
        files[count++] = build->pages.paths[i];
    bool written = depfile_write(build->session, files, count, build->how->force);
    free(files);
    return written;
}

void build_files(struct session *session, const char *model, const struct building *how) {
    struct build build = begin_build(session, model, how);
    if (make_products(&build) && may_replace(&build) && write_depfile(&build) &&
        write_products(&build)) {
        tell_stale_pages(&build.pages, build.picture_path);
        tell_summary(&build);
    }
    end_build(&build);
}

/* Any name will do but that of a picture or a table. */
static bool has_names(const struct build *build) {
    const char *document = build->document_path, *format = known_format_of_ending(document);
    if (is_same_place(document, build->picture_path))
        complain("%s: that is the name of the picture; give the document another", document);
    else if (format && strcmp(format, "markdown") != 0)
        complain("%s: the document is Markdown; give it a name that ends in .md", document);
    else
        return true;
    return false;
}

bool check_building(const char *model, const struct building *how) {
    struct build build = begin_build(NULL, model, how);
    bool named = has_names(&build);
    end_build(&build);
    return named;
}
