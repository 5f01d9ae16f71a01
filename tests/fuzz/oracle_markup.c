/* Markup in DOT's labels, in SVG and in HTML, and DOT as cgraph reads it. */
// SPDX-License-Identifier: MIT
#include "oracles.h"

#include <ctype.h>
#include <graphviz/cgraph.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEEPEST 200

struct scanner {
    const char *what, *text, *at;
    const char *elements, *attributes;
    char open[DEEPEST][24];
    size_t depth;
};

static _Noreturn void refuse_at(const struct scanner *scanner, const char *why) {
    refuse("%s: %s at %.60s\nin:\n%s", scanner->what, why, scanner->at, scanner->text);
}

/* Reads a name, which must be among those known. */
static void scan_name(struct scanner *scanner, const char *known, char name[24]) {
    char padded[32];
    size_t length =
        strspn(scanner->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-:");
    if (!length || length > 20)
        refuse_at(scanner, "no name");
    snprintf(padded, sizeof padded, " %.*s ", (int)length, scanner->at);
    if (!strstr(known, padded))
        refuse_at(scanner, "a foreign name");
    snprintf(name, 24, "%.*s", (int)length, scanner->at);
    scanner->at += length;
}

static void scan_entity(struct scanner *scanner) {
    static const char *const entities[] = {"&amp;", "&lt;",  "&gt;",   "&quot;",  "&#39;",
                                           "&#45;", "&#93;", "&#160;", "&#xfffd;"};
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        if (!strncmp(scanner->at, entities[i], strlen(entities[i]))) {
            scanner->at += strlen(entities[i]);
            return;
        }
    }
    refuse_at(scanner, "a foreign entity");
}

/* A place in the picture, or what the attribute `link` may say. */
static bool is_safe_link(const char *at) {
    return *at == '#' || !strncmp(at, "https:", 6) || !strncmp(at, "http:", 5) ||
           !strncmp(at, "mailto:", 7);
}

static void scan_value(struct scanner *scanner, const char *name) {
    if (strncmp(scanner->at, "=\"", 2) != 0)
        refuse_at(scanner, "an attribute without value");
    scanner->at += 2;
    if (!strcmp(name, "href") && !is_safe_link(scanner->at))
        refuse_at(scanner, "a link to another place");
    while (*scanner->at != '"') {
        if (!*scanner->at || *scanner->at == '<')
            refuse_at(scanner, "a value that does not end");
        if (*scanner->at == '&')
            scan_entity(scanner);
        else
            scanner->at++;
    }
    scanner->at++;
}

static void scan_opening(struct scanner *scanner) {
    char name[24];
    if (scanner->depth == DEEPEST)
        refuse_at(scanner, "too deep");
    scan_name(scanner, scanner->elements, scanner->open[scanner->depth]);
    while (isspace((unsigned char)*scanner->at)) {
        scanner->at += strspn(scanner->at, " \n\t");
        if (*scanner->at == '>' || *scanner->at == '/')
            break;
        scan_name(scanner, scanner->attributes, name);
        scan_value(scanner, name);
    }
    bool empty = *scanner->at == '/';
    scanner->at += empty;
    if (*scanner->at++ != '>')
        refuse_at(scanner, "a tag that does not end");
    scanner->depth += !empty;
}

static void scan_closing(struct scanner *scanner) {
    char name[24];
    scan_name(scanner, scanner->elements, name);
    if (!scanner->depth || strcmp(name, scanner->open[--scanner->depth]) != 0)
        refuse_at(scanner, "a closing tag without its opening one");
    if (*scanner->at++ != '>')
        refuse_at(scanner, "a tag that does not end");
}

void check_markup(const char *what, struct bytes text, const char *elements,
                  const char *attributes) {
    struct scanner scanner = {what, text.at, text.at, elements, attributes, {{0}}, 0};
    while (*scanner.at) {
        if (!strncmp(scanner.at, "</", 2)) {
            scanner.at += 2;
            scan_closing(&scanner);
        } else if (*scanner.at == '<') {
            scanner.at++;
            scan_opening(&scanner);
        } else if (*scanner.at == '&') {
            scan_entity(&scanner);
        } else if (!strncmp(scanner.at, "]]>", 3)) {
            refuse_at(&scanner, "the end of a section");
        } else {
            scanner.at++;
        }
    }
    if (scanner.depth)
        refuse("%s: an element that is not closed:\n%s", what, text.at);
}

void check_svg(struct bytes text) {
    check_markup(
        "svg", text, " svg title desc style g a path polygon polyline ellipse text tspan ",
        " xmlns data-stridec-model data-stridec-input data-stridec-layout data-stridec-digest "
        "width height "
        "viewBox role aria-labelledby aria-describedby font-family font-size font-weight "
        "font-style id class transform fill stroke stroke-width stroke-dasharray points d "
        "href x y cx cy rx ry text-anchor pointer-events ");
}

/* ---- HTML -------------------------------------------------------------------------------- */

/* Adds what stands before the element, and moves to its end; false when there is none. */
static bool take_out(struct bytes *rest, const char **at, const char *open, const char *close) {
    const char *start = strstr(*at, open), *end = start ? strstr(start, close) : NULL;
    if (!end)
        return false;
    bytes_add(rest, *at, (size_t)(start - *at));
    *at = end + strlen(close);
    return true;
}

/* The page without its declaration, its style and its script, of which there is one each. */
void check_page(struct bytes text) {
    static const char declaration[] = "<!DOCTYPE html>\n";
    const char *at = text.at + strlen(declaration);
    struct bytes rest = {0};
    if (strncmp(text.at, declaration, strlen(declaration)) != 0 ||
        !take_out(&rest, &at, "<style>", "</style>") ||
        !take_out(&rest, &at, "<script>", "</script>"))
        refuse("html: no page:\n%s", text.at);
    bytes_add(&rest, at, strlen(at));
    check_markup(
        "html", rest,
        " html head meta title body header nav main section article h1 h2 h3 h4 p a ul ol li "
        "dl dt dd pre code var strong em br details summary div span i table thead tbody tr th td "
        "form label input select option button output figure figcaption "
        "svg desc g path polygon polyline ellipse text tspan ",
        " lang data-stridec-model data-stridec-input data-stridec-layout data-stridec-page "
        "data-stridec-digest charset http-equiv content name id class role aria-label "
        "aria-live aria-labelledby aria-describedby tabindex href scope colspan data-sort "
        "data-elements type value autocomplete hidden width height viewBox "
        "font-family font-size font-weight font-style transform fill stroke stroke-width "
        "stroke-dasharray stroke-opacity opacity points d x y cx cy rx ry text-anchor "
        "pointer-events ");
    free(rest.at);
}

/* ---- DOT --------------------------------------------------------------------------------- */

/* n3, f3, b3: nothing that a user wrote. */
static void check_name(const char *name) {
    if (!strchr("nfb", *name) || strspn(name + 1, "0123456789") != strlen(name + 1))
        refuse("dot: a node named %s", name);
}

static void check_values(Agraph_t *graph, void *object, int kind) {
    for (Agsym_t *symbol = NULL; (symbol = agnxtattr(graph, kind, symbol));) {
        char *value = agxget(object, symbol);
        bool label = !strcmp(symbol->name, "label");
        if ((aghtmlstr(value) != 0) != (label && *value))
            refuse("dot: %s is not what it should be: %s", symbol->name, value);
        if (label)
            check_markup("dot", (struct bytes){.at = value, .length = strlen(value)},
                         " table tr td b font br i ",
                         " border cellborder cellspacing cellpadding sides color bgcolor port id "
                         "href colspan "
                         "point-size align balign valign width height fixedsize style ");
        else if (strstr(value, MARKER) && strcmp(symbol->name, "id") != 0) /* an id may have it */
            refuse("dot: user text in %s: %s", symbol->name, value);
    }
}

static void check_graph(Agraph_t *graph) {
    check_values(agroot(graph), graph, AGRAPH);
    for (Agraph_t *part = agfstsubg(graph); part; part = agnxtsubg(part))
        check_graph(part);
}

void check_dot(struct bytes text) {
    Agraph_t *graph = agmemread(text.at);
    if (!graph)
        refuse("dot: cannot be read:\n%s", text.at);
    check_graph(graph);
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node)) {
        check_name(agnameof(node));
        check_values(graph, node, AGNODE);
        for (Agedge_t *edge = agfstout(graph, node); edge; edge = agnxtout(graph, edge))
            check_values(graph, edge, AGEDGE);
    }
    agclose(graph);
}
