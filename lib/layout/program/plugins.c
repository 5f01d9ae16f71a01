/* dot, the SVG renderer, and our own text metrics in the place of pango: no font files, no
 * configuration file, a start twenty times as quick, and bold text measured right. The renderer
 * writes its numbers by the program's own gvprintdouble, which comes before Graphviz's where the
 * dynamic linker looks for it. */
// SPDX-License-Identifier: MIT
#include "plugins.h"

#include "layout/layout.h"
#include "metrics.h"
#include "numbers.h"

#include <graphviz/gvcext.h>
#include <graphviz/gvplugin.h>
#include <graphviz/gvplugin_textlayout.h>

/* A title begins at the left of its frame, which would have no padding left for a wider font. */
#define TITLE_SPARE 1.09

static boolean measure(textspan_t *span, char **font_path) {
    double size = span->font->size;
    bool bold = (span->font->flags & HTML_BF) != 0;
    (void)font_path;
    span->size.x = span->str ? text_width(span->str, bold) * size / 1000 : 0;
    if (bold && size == LAYOUT_TITLE)
        span->size.x *= TITLE_SPARE;
    span->size.y = size * 1.2;
    span->yoffset_layout = 0;
    span->yoffset_centerline = size * 0.1;
    span->layout = NULL;
    span->free_layout = NULL;
    return TRUE;
}

static gvtextlayout_engine_t engine = {measure};
static char library_name[] = "stridec";
static gvplugin_installed_t installed[] = {{0, "textlayout", 100, &engine, NULL},
                                           {0, NULL, 0, NULL, NULL}};
static gvplugin_api_t interfaces[] = {{API_textlayout, installed}, {(api_t)0, NULL}};
static gvplugin_library_t text_library = {library_name, interfaces};

/* Debian's headers lack these two. */
size_t gvwrite(GVJ_t *job, const char *text, size_t length);
void gvprintdouble(GVJ_t *job, double number);

void gvprintdouble(GVJ_t *job, double number) {
    char text[NUMBER_ROOM];
    gvwrite(job, text, number_text(text, number));
}

extern gvplugin_library_t gvplugin_dot_layout_LTX_library;
extern gvplugin_library_t gvplugin_core_LTX_library;

GVC_t *open_graphviz(void) {
    static const lt_symlist_t plugins[] = {
        {"gvplugin_stridec_LTX_library", &text_library},
        {"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library},
        {"gvplugin_core_LTX_library", &gvplugin_core_LTX_library},
        {NULL, NULL},
    };
    return gvContextPlugins(plugins, 0);
}
