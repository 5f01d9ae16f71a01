/* Parses the DOT, builds the variant that is asked for, has it laid out, polishes and weighs it. */
// SPDX-License-Identifier: MIT
#include "attempt.h"

#include "ids.h"
#include "laid_out.h"
#include "variant.h"

#include <stdlib.h>
#include <string.h>

const struct way ways[] = {
#define WAY(other, order, turning, ports, ranks, tight)                                            \
    {other, order, turning, ports, ranks, tight},
#include "ways.def"
#undef WAY
};
const size_t way_count = sizeof ways / sizeof *ways;

/* ---- complaints -------------------------------------------------------------------------- */

/* The first line of what Graphviz complains about; it hands over a message in several pieces, and
 * no context. */
static char complaint[160];
static bool complaint_ends;

static int keep_complaint(char *piece) {
    size_t used = strlen(complaint);
    for (; *piece && !complaint_ends; piece++) {
        complaint_ends = *piece == '\n' || used == sizeof complaint - 1;
        if (!complaint_ends)
            complaint[used++] = (unsigned char)*piece < ' ' ? ' ' : *piece;
    }
    complaint[used] = '\0';
    return 0;
}

void listen_to_graphviz(void) {
    agseterr(AGERR);
    agseterrf(keep_complaint);
}

/* ---- reading ----------------------------------------------------------------------------- */

static int read_piece(void *channel, char *buffer, int size) {
    struct input *rest = channel;
    size_t length = rest->length < (size_t)size ? rest->length : (size_t)size;
    memcpy(buffer, rest->at, length);
    rest->at += length;
    rest->length -= length;
    return (int)length;
}

static int write_nothing(void *channel, const char *text) {
    (void)channel, (void)text;
    return 0;
}

static int flush_nothing(void *channel) {
    (void)channel;
    return 0;
}

static Agraph_t *read_graph(struct input input) {
    static Agiodisc_t reading = {read_piece, write_nothing, flush_nothing};
    static Agdisc_t disciplines = {&AgMemDisc, &counted_ids, &reading};
    return agread(&input, &disciplines);
}

/* ---- what is pinned ---------------------------------------------------------------------- */

static const char *text_of(Agraph_t *graph, const char *name) {
    char key[16];
    strncpy(key, name, sizeof key - 1);
    key[sizeof key - 1] = '\0';
    const char *value = agget(graph, key);
    return value ? value : "";
}

/* `choice` of the graph counts from 1; NOWHERE: none is pinned, or there is no such way. */
static size_t pinned_choice(Agraph_t *graph) {
    unsigned long number = strtoul(text_of(graph, "choice"), NULL, 10);
    return number >= 1 && number <= way_count ? number - 1 : NOWHERE;
}

static bool is_wanted(Agraph_t *graph, size_t way, size_t choice) {
    if (choice != NOWHERE)
        return way == choice;
    return !ways[way].other || strcmp(text_of(graph, "pinned"), "true") != 0;
}

/* ---- the attempt ------------------------------------------------------------------------- */

/* Graphviz returns 0 even where the picture is garbage; only an error message shows a failure. */
static bool draw(GVC_t *graphviz, Agraph_t *graph, const struct network *network,
                 struct attempt *attempt) {
    struct laid_out out;
    struct counts counts;
    int failed = gvLayout(graphviz, graph, "dot");
    if (failed || agerrors() >= AGERR)
        return false;
    if (read_laid_out(&out, network, graph, runs_down(graph))) {
        slide_titles(&out);
        count_faults(&out.scene, &counts, NULL, NULL);
        attempt->weight = weigh(&out.scene, &counts);
        round_lines(&out);
    } else {
        attempt->weight = FARTHEST;
    }
    failed = gvRenderData(graphviz, graph, "svg", &attempt->svg, &attempt->length);
    return !failed && attempt->svg && agreseterrors() < AGERR;
}

struct attempt make_attempt(GVC_t *graphviz, struct input input, size_t way) {
    struct attempt attempt = {.outcome = UNREADABLE, .choice = NOWHERE, .problem = complaint};
    Agraph_t *graph = read_graph(input);
    if (!graph || agreseterrors() >= AGERR)
        return attempt;
    attempt.choice = pinned_choice(graph);
    attempt.outcome = NOT_WANTED;
    if (!is_wanted(graph, way, attempt.choice))
        return attempt;
    struct network network = read_network(graph);
    if (way) {
        graph = make_variant(&network, &ways[way]);
        network = read_network(graph);
    }
    attempt.outcome = draw(graphviz, graph, &network, &attempt) ? DRAWN : IMPOSSIBLE;
    return attempt;
}
