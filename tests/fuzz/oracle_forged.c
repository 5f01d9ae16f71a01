/* A picture that is kept is one that would be drawn: whatever is done to it on disk, digests put
 * right, it is drawn anew unless nothing but coordinates has changed. */
// SPDX-License-Identifier: MIT
#include "oracles.h"
#include "seal.h"

#include <stdlib.h>
#include <string.h>

#define FORGERIES 24

/* Asks for the picture where none can be drawn. */
static bool is_kept(stridec *compilation, const char *model_name, const char *previous) {
    struct bytes text = {0};
    bytes_add(&text, "", 0);
    stridec_output output = {.size = sizeof output,
                             .model_name = model_name,
                             .layout = "/nowhere/stridec-layout",
                             .previous = previous};
    stridec_status status = stridec_emit(compilation, "svg", &output, bytes_take, &text);
    if (status != STRIDEC_OK && status != STRIDEC_NO_PICTURE)
        refuse("a picture written before says: %s", stridec_status_text(status));
    if (status == STRIDEC_OK && strcmp(text.at, previous) != 0)
        refuse("kept, but not as it was:\n%s\n----\n%s", previous, text.at);
    free(text.at);
    return status == STRIDEC_OK;
}

/* Without what the layout program says alone, and without digests. */
static struct bytes skeleton_of(const char *svg) {
    static const char *const places[] = {" d=\"",
                                         " points=\"",
                                         " x=\"",
                                         " y=\"",
                                         " width=\"",
                                         " height=\"",
                                         " transform=\"",
                                         " viewBox=\"",
                                         " data-stridec-layout=\"",
                                         " data-stridec-digest=\""};
    struct bytes skeleton = {0};
    bytes_add(&skeleton, "", 0);
    while (*svg) {
        size_t i = 0, count = sizeof places / sizeof *places;
        while (i < count && strncmp(svg, places[i], strlen(places[i])) != 0)
            i++;
        size_t length = i < count ? strlen(places[i]) : 1;
        bytes_add(&skeleton, svg, length);
        svg += length;
        svg += i < count ? strcspn(svg, "\"") : 0;
    }
    return skeleton;
}

static size_t pick(uint64_t *state, size_t count) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return count ? (size_t)(*state >> 33) % count : 0;
}

static struct bytes forge(struct bytes svg, uint64_t *state) {
    static const char *const snippets[] = {
        "<script>alert(1)</script>",
        " onload=\"alert(1)\"",
        "<!-- x -->",
        "<a href=\"https://x\">",
        "</a>",
        "</g>",
        "x",
        "\"",
        ">",
        "&#10;",
        "<image href=\"https://x\"/>",
        " style=\"fill:red\"",
        "<text x=\"1\" y=\"1\" font-size=\"9\" fill=\"#1f2933\">F1</text>\n",
        "1",
        ",",
        "#ffffff"};
    struct bytes forged = {0};
    size_t at = pick(state, svg.length), end = at, source = at, length = 0;
    switch (pick(state, 4)) {
    case 0: /* something new */
        break;
    case 1: /* something gone */
        end = at + pick(state, 40);
        break;
    case 2: /* a line twice, or elsewhere */
        source = pick(state, svg.length);
        source += strcspn(svg.at + source, "\n");
        length = strcspn(svg.at + source + (svg.at[source] != '\0'), "\n") + 1;
        break;
    default: /* something else */
        end = at + 1;
    }
    end = end > svg.length ? svg.length : end;
    length = source + length > svg.length ? svg.length - source : length;
    bytes_add(&forged, svg.at, at);
    bytes_add(&forged, svg.at + source, length);
    if (!length && (end == at || end == at + 1)) {
        const char *snippet = snippets[pick(state, sizeof snippets / sizeof *snippets)];
        bytes_add(&forged, snippet, strlen(snippet));
    }
    bytes_add(&forged, svg.at + end, svg.length - end);
    seal_picture(forged.at, forged.length);
    return forged;
}

void check_kept(stridec *compilation, struct bytes svg, const char *model_name) {
    uint64_t state = svg.length;
    struct bytes plain = skeleton_of(svg.at);
    if (!is_kept(compilation, model_name, svg.at))
        refuse("a picture that nobody touched is not kept:\n%s", svg.at);
    for (size_t i = 0; i < FORGERIES; i++) {
        struct bytes forged = forge(svg, &state);
        struct bytes skeleton = skeleton_of(forged.at);
        if (is_kept(compilation, model_name, forged.at) && strcmp(plain.at, skeleton.at) != 0)
            refuse("kept:\n%s\nin place of:\n%s", forged.at, svg.at);
        free(skeleton.at);
        free(forged.at);
    }
    free(plain.at);
}
