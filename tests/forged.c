/* A picture on disk is somebody's: each forgery of it, with its digests put right, is drawn anew,
 * and the picture that nobody touched is kept. */
// SPDX-License-Identifier: MIT
#include "fuzz/seal.h"
#include "sharing.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char model[] = "model m \"M & co\" { about: \"x\" }\n"
                            "external u \"User\" { link: \"https://a.example/b?c=d&e\" }\n"
                            "boundary o \"Outer zone\" {\n"
                            "  process a \"API (v1)\" { kind: api }\n"
                            "  boundary p \"Paid\" { store c \"Cards\" { kind: sql } }\n"
                            "}\n"
                            "boundary s \"Signed in\" { kind: identity }\n"
                            "flow f = u -> a : \"GET /\" { protocol: https }\n"
                            "flow k = c -> a : \"row\"\n"
                            "flow tick = a -> a : \"tick\"\n"
                            "crossing jwt \"token\" { at: a; into: s; from: jwt; to: session }\n";

/* Puts `put` in place of the first `find`. */
static const struct {
    const char *name, *find, *put;
} forgeries[] = {
    /* what runs or calls home */
    {"a script", "</style>\n", "</style>\n<script>alert(1)</script>\n"},
    {"a script at the end", "</svg>", "<script>alert(1)</script></svg>"},
    {"a script after the end", "</svg>\n", "</svg>\n<script>alert(1)</script>\n"},
    {"a handler at the root", " role=", " onload=\"alert(1)\" role="},
    {"a handler at a shape", "<g id=\"el-u\"", "<g onclick=\"alert(1)\" id=\"el-u\""},
    {"a handler at a line", "<path fill=\"none\"", "<path onclick=\"alert(1)\" fill=\"none\""},
    {"an image", "</style>\n", "</style>\n<image href=\"https://evil.example/x.png\"/>\n"},
    {"a page inside", "</style>\n", "</style>\n<foreignObject><p>x</p></foreignObject>\n"},
    {"a use", "</style>\n", "</style>\n<use href=\"#el-u\"/>\n"},
    {"an animation", "</a>", "<animate attributeName=\"href\" to=\"javascript:alert(1)\"/></a>"},
    {"a style that calls home", "<style>", "<style>@import url(https://evil.example/x.css);"},
    {"a second style", "</style>\n", "</style>\n<style>text{display:none}</style>\n"},
    {"a style that hides", ".tb-label text{", "text{display:none}.tb-label text{"},
    {"a style attribute", "<g id=\"el-u\"", "<g style=\"display:none\" id=\"el-u\""},
    {"an instruction",
     "<title id=", "<?xml-stylesheet href=\"https://evil.example/x\"?>\n<title id="},
    {"a document type", "<title id=", "<!DOCTYPE svg [<!ENTITY x \"y\">]>\n<title id="},
    {"a comment", "</style>\n", "</style>\n<!-- reviewed by security -->\n"},
    {"another namespace", " role=", " xmlns:x=\"http://www.w3.org/1999/xhtml\" role="},
    /* where it leads */
    {"a link elsewhere", "https://a.example/b?c=d&amp;e", "https://evil.example/b"},
    {"a link that is a script", "href=\"#el-a\"", "href=\"javascript:alert(1)\""},
    {"a link to another shape", "href=\"#el-a\"", "href=\"#el-u\""},
    {"a link with more", "<a href=\"#el-a\">", "<a href=\"#el-a\" target=\"_blank\">"},
    {"a second link", "<a href=\"#el-a\">\n",
     "<a href=\"https://evil.example/\">\n<a href=\"#el-a\">\n"},
    {"a chip that leads away", "href=\"#crossing-jwt\"", "href=\"https://evil.example/\""},
    /* what it says */
    {"another title", "M &amp; co", "M &amp; sons"},
    {"another count", " 3 flows, 2 cross", " 3 flows, 0 cross"},
    {"another label", ">Cards</text>", ">Chars</text>"},
    {"another protocol", ">HTTPS</text>", ">HTTP</text>"},
    {"another badge", ">F1</text>", ">F2</text>"},
    {"another boundary", " \xc2\xb7 Paid</text>", " \xc2\xb7 Safe</text>"},
    {"another title of a shape", "<title>Cards</title>", "<title>Chars</title>"},
    {"a label that is gone", ">Cards</text>", "></text>"},
    {"a label more", "<text",
     "<text x=\"1\" y=\"1\" font-size=\"9\" fill=\"#1f2933\">ok</text>\n<text"},
    {"text outside of labels", "</a>", "approved</a>"},
    {"a reference", ">Cards</text>", ">C&#97;rds</text>"},
    {"another model", "data-stridec-model=\"m.dfd\"", "data-stridec-model=\"n.dfd\""},
    /* how it looks */
    {"a label in small", "font-size=\"11\"", "font-size=\"1\""},
    {"a label that is not bold", " font-weight=\"bold\"", ""},
    {"an invisible label", "fill=\"#1f2933\">", "fill=\"#ffffff\">"},
    {"an opaque label", "fill=\"#1f2933\">", "fill=\"none\">"},
    {"a crossing that looks inner", "fill=\"none\" stroke=\"#9b1c1c\" stroke-width=\"2\"",
     "fill=\"none\" stroke=\"#52606d\" stroke-width=\"1.1\""},
    {"a boundary without dashes", " stroke-dasharray=\"5,2\"", ""},
    {"other dashes", "stroke-dasharray=\"5,2\"", "stroke-dasharray=\"0,9\""},
    {"a thick line", "stroke-width=\"2\"", "stroke-width=\"900\""},
    {"an open row that looks settled", "<polygon fill=\"#3e4c59\"", "<polygon fill=\"#ffffff\""},
    {"another class", "class=\"node el store\"", "class=\"node el process\""},
    {"a process as an external", "<path fill=\"#e8f1fb\"", "<path fill=\"#eceff3\""},
    {"a shape painted over", "</a>\n</g>\n<g class=\"tb-label\"",
     "<polygon fill=\"#ffffff\" stroke=\"none\" points=\"0,0 9,0 9,9 0,0\"/>\n</a>\n</g>\n<g "
     "class=\"tb-label\""},
    {"an attribute twice", "<path fill=\"none\"", "<path fill=\"none\" fill=\"none\""},
    {"letters among figures", " d=\"M", " d=\"Mx"},
    {"a figure of words", "<text x=\"", "<text x=\"calc"},
    /* what is there */
    {"an id twice", "id=\"el-c\"", "id=\"el-a\""},
    {"no id", " id=\"el-c\"", ""},
    {"no role", " role=\"graphics-document\"", ""},
    {"no page", "<polygon fill=\"#ffffff\" stroke=\"none\"",
     "<polyline fill=\"#ffffff\" stroke=\"none\""},
    /* where it is */
    {"a view elsewhere", "viewBox=\"0 0 ", "viewBox=\"9000 9000 "},
    {"a page of nothing", "viewBox=\"0 0 ", "viewBox=\"0 0 9"},
    {"a picture out of view", "translate(", "translate(9"},
    {"a picture too small to see", "scale(1 1)", "scale(.1 .1)"},
    {"a name outside of its shape", "<text x=\"", "<text x=\"9999"},
    {"a figure without end", "<text x=\"", "<text x=\"99999999999999999999"},
    {"a text that clicks", "pointer-events=\"none\"", "pointer-events=\"all\""},
};

/* Draws with a layout program; NULL when it does not. Free the text. */
static char *draw(const char *layout, const char *previous) {
    struct text svg = {0};
    stridec *compilation = sharing_new();
    stridec_output output = {
        .size = sizeof output, .model_name = "m.dfd", .layout = layout, .previous = previous};
    assert_int_equal(stridec_compile(compilation, "m.dfd", model, sizeof model - 1), STRIDEC_OK);
    text_add(&svg, "", 0);
    stridec_status status = stridec_emit(compilation, "svg", &output, text_take, &svg);
    stridec_free(compilation);
    assert_true(status == STRIDEC_OK || status == STRIDEC_NO_PICTURE);
    if (status == STRIDEC_OK)
        return svg.at;
    free(svg.at);
    return NULL;
}

static char *draw_anew(void) {
    char *layout = format("%s/stridec-layout", build_folder());
    char *svg = draw(layout, NULL);
    assert_non_null(svg);
    free(layout);
    return svg;
}

static bool is_kept(const char *svg) {
    char *again = draw("/nowhere/stridec-layout", svg);
    bool kept = again != NULL;
    if (kept)
        assert_string_equal(again, svg);
    free(again);
    return kept;
}

static char *forge(const char *svg, const char *find, const char *put) {
    const char *at = strstr(svg, find);
    if (!at)
        fail_msg("there is no %s in the picture", find);
    char *forged = format("%.*s%s%s", (int)(at - svg), svg, put, at + strlen(find));
    seal_picture(forged, strlen(forged));
    return forged;
}

static void a_picture_that_nobody_touched_is_kept(void **state) {
    (void)state;
    char *svg = draw_anew();
    assert_true(is_kept(svg));
    free(svg);
}

/* Else the test below would hold for no other reason than wrong digests. */
static void a_line_that_was_moved_and_sealed_is_kept(void **state) {
    (void)state;
    char *svg = draw_anew(), *at = strstr(svg, "<g class=\"edge");
    char *figure = strstr(at, " d=\"M") + 5, *moved = format("%s", svg);
    moved[figure - svg] = *figure == '1' ? '2' : '1';
    assert_false(is_kept(moved));
    seal_picture(moved, strlen(moved));
    assert_true(is_kept(moved));
    free(moved);
    free(svg);
}

static void each_forgery_is_drawn_anew(void **state) {
    (void)state;
    char *svg = draw_anew();
    size_t kept = 0;
    for (size_t i = 0; i < sizeof forgeries / sizeof *forgeries; i++) {
        char *forged = forge(svg, forgeries[i].find, forgeries[i].put);
        if (is_kept(forged)) {
            fprintf(stderr, "kept: %s\n", forgeries[i].name);
            kept++;
        }
        free(forged);
    }
    assert_int_equal(kept, 0);
    free(svg);
}

static void a_part_that_is_gone_or_there_twice_is_drawn_anew(void **state) {
    (void)state;
    static const char *const starts[] = {
        "<g id=\"el-c\"", "<g id=\"flow-f\"", "<g class=\"edge", "<g id=\"tb-p\"",
        "<polygon",       "<polyline",        "<text",           "<desc"};
    char *svg = draw_anew();
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        bool group = starts[i][1] == 'g';
        const char *at = strstr(svg, starts[i]), *end = strstr(at, group ? "</g>\n" : "\n");
        end += group ? 5 : 1;
        char *gone = format("%.*s%s", (int)(at - svg), svg, end);
        char *twice = format("%.*s%.*s%s", (int)(end - svg), svg, (int)(end - at), at, end);
        seal_picture(gone, strlen(gone));
        seal_picture(twice, strlen(twice));
        if (is_kept(gone) || is_kept(twice))
            fail_msg("kept without, or with two of: %s", starts[i]);
        free(gone);
        free(twice);
    }
    free(svg);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_that_nobody_touched_is_kept),
        cmocka_unit_test(a_line_that_was_moved_and_sealed_is_kept),
        cmocka_unit_test(each_forgery_is_drawn_anew),
        cmocka_unit_test(a_part_that_is_gone_or_there_twice_is_drawn_anew),
    };
    return cmocka_run_group_tests_name("forged", tests, NULL, NULL);
}
