/* Parses the DOT, builds the variant that is asked for, has it laid out, polishes and weighs it. */
// SPDX-License-Identifier: MIT
#include "attempt.h"

#include "arrange.h"
#include "ids.h"
#include "laid_out.h"
#include "layout/layout.h"
#include "variant.h"

#include <setjmp.h>
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

/* `choice` of the graph, or `only`, counts from 1; NOWHERE: none is pinned, or there is no such
 * way. */
static size_t pinned_choice(Agraph_t *graph) {
    const char *choice = text_of(graph, "choice");
    unsigned long number = strtoul(*choice ? choice : text_of(graph, "only"), NULL, 10);
    return number >= 1 && number <= way_count ? number - 1 : NOWHERE;
}

/* ---- the attempt ------------------------------------------------------------------------- */

/* What an attempt goes through: the same picture may be laid out several times. */
struct drawing {
    GVC_t *graphviz;
    struct network source; /* as it was read */
    size_t way;
    bool arranged;
    Agraph_t *graph; /* laid out */
    struct network network;
    struct laid_out out;
    struct counts counts;
    extent weight;
};

/* Graphviz returns 0 even where the picture is garbage; only an error message shows a failure. */
static bool lay_out_graph(struct drawing *drawing) {
    bool down = runs_down(drawing->graph);
    return gvLayout(drawing->graphviz, drawing->graph, "dot") == 0 && agerrors() < AGERR &&
           read_laid_out(&drawing->out, &drawing->network, drawing->graph, down);
}

static bool lay_out(struct drawing *drawing) {
    drawing->graph = make_variant(&drawing->source, &ways[drawing->way], drawing->arranged);
    drawing->network = find_network(&drawing->source, drawing->graph);
    return lay_out_graph(drawing);
}

/* The first way is the DOT as it stands, but for what is arranged. */
static bool lay_out_once(struct drawing *drawing) {
    drawing->graph = drawing->source.graph;
    drawing->network = drawing->source;
    bool fine = drawing->way ? lay_out(drawing) : lay_out_graph(drawing);
    if (fine)
        slide_titles(&drawing->out);
    return fine;
}

static void judge(struct drawing *drawing) {
    straighten_lines(&drawing->out);
    lead_around(&drawing->out);
    spread_ends(&drawing->out);
    spread_corners(&drawing->out);
    keep_off_borders(&drawing->out);
    slide_titles(&drawing->out);
    count_faults(&drawing->out.scene, &drawing->counts, NULL, NULL);
    drawing->weight = weigh(&drawing->out.scene, &drawing->counts);
}

/* ---- titles at the bottom ---------------------------------------------------------------- */

/* By frame: how many lines run over its title. */
static size_t *hits_of(const struct drawing *drawing) {
    const struct scene *scene = &drawing->out.scene;
    size_t *hits = need_room(scene->frame_count, sizeof *hits);
    for (size_t i = 0; i < scene->frame_count; i++)
        for (size_t j = 0; j < scene->line_count; j++)
            hits[i] += spots_enter(scene->lines[j].spots, scene->lines[j].count,
                                   area_within(scene->frames[i].title, POINT / 2));
    return hits;
}

static bool lay_out_and_judge(struct drawing *drawing) {
    bool fine = lay_out(drawing);
    if (fine)
        judge(drawing);
    return fine;
}

static void put_titles(struct drawing *drawing, const size_t *at_top, const size_t *at_bottom) {
    for (size_t i = 0; i < drawing->out.scene.frame_count; i++)
        put_title(&drawing->source, agnameof(drawing->out.boundaries[i]),
                  at_top[i] > (at_bottom ? at_bottom[i] : 0));
}

/* Where lines run over a title wherever it slides to, it may be better off at the bottom: all of
 * those are tried there, and stay where it helps. */
static bool try_titles_at_bottom(struct drawing *drawing) {
    extent before = drawing->weight;
    const size_t *at_top = hits_of(drawing);
    put_titles(drawing, at_top, NULL);
    if (!lay_out_and_judge(drawing))
        return false;
    if (drawing->counts.of[FAULT_titles] || drawing->weight >= before) {
        put_titles(drawing, at_top, hits_of(drawing));
        if (!lay_out_and_judge(drawing))
            return false;
    }
    if (drawing->weight < before)
        return true;
    put_titles(drawing, at_top, at_top);
    return lay_out_and_judge(drawing);
}

#define AROUND_TITLE (12 * POINT) /* between it, the outline and a line */
#define LEAST_ROOM 4 /* in halves of a title: one on each side of a line in the middle */
#define MOST_ROOM 6

static long room_for_title(const struct frame *frame, long halves) {
    extent length = frame->title.right - frame->title.left;
    extent width = (length + AROUND_TITLE) * halves / 2;
    return width > frame->area.right - frame->area.left ? (long)(width / POINT) : 0;
}

static void ask_for_rooms(const struct drawing *drawing, const long *rooms) {
    for (size_t i = 0; i < drawing->out.scene.frame_count; i++)
        ask_for_room(&drawing->source, agnameof(drawing->out.boundaries[i]), rooms[i]);
}

/* Where lines go down into a boundary that is as narrow as its title, there is no way past it. */
static bool try_wider_boundaries(struct drawing *drawing) {
    size_t count = drawing->out.scene.frame_count;
    long *rooms = need_room(count, sizeof *rooms), *more = need_room(count, sizeof *more);
    for (long halves = LEAST_ROOM; halves <= MOST_ROOM; halves++) {
        extent before = drawing->weight;
        const size_t *hits = hits_of(drawing);
        for (size_t i = 0; i < count; i++) {
            long room = hits[i] ? room_for_title(&drawing->out.scene.frames[i], halves) : 0;
            more[i] = room ? room : rooms[i];
        }
        if (memcmp(more, rooms, count * sizeof *rooms) == 0)
            continue;
        ask_for_rooms(drawing, more);
        if (!lay_out_and_judge(drawing))
            return false;
        bool better = drawing->weight < before;
        if (better)
            memcpy(rooms, more, count * sizeof *rooms);
        ask_for_rooms(drawing, rooms);
        if (!better && !lay_out_and_judge(drawing))
            return false;
    }
    return true;
}

static bool settle_titles(struct drawing *drawing) {
    judge(drawing);
    if (drawing->counts.of[FAULT_titles] && !try_titles_at_bottom(drawing))
        return false;
    bool hit = drawing->counts.of[FAULT_titles] && runs_down(drawing->graph);
    return !hit || try_wider_boundaries(drawing);
}

/* ---- letters ----------------------------------------------------------------------------- */

/* In tenths of a point: they get no larger when lines and a title are added. Lines that go across
 * are laid out lying on their side, which is the same to a page that may be turned. */
static unsigned letters_at_most(Agraph_t *graph) {
    double pad = 72 * strtod(text_of(graph, "pad"), NULL);
    boxf box = GD_bb(graph);
    double width = box.UR.x - box.LL.x + 2 * pad, height = box.UR.y - box.LL.y + 2 * pad;
    return layout_letters(width < 1 ? 0 : (unsigned)width - 1,
                          height < 1 ? 0 : (unsigned)height - 1);
}

/* ---- the whole --------------------------------------------------------------------------- */

static bool draw(struct drawing *drawing, struct attempt *attempt, bool once) {
    if (once ? !lay_out_once(drawing) : !lay_out(drawing) || !settle_titles(drawing))
        return false;
    attempt->weight = drawing->weight;
    attempt->letters = letter_size(&drawing->out.scene);
    attempt->down = runs_down(drawing->graph);
    round_lines(&drawing->out);
    int failed =
        gvRenderData(drawing->graphviz, drawing->graph, "svg", &attempt->svg, &attempt->length);
    return !failed && attempt->svg && agreseterrors() < AGERR;
}

/* Positions cost a third of a picture, lines and SVG the rest: where letters are too small already,
 * Graphviz is left in the middle of its work. The process does nothing more with it. */
static struct {
    jmp_buf way_out;
    unsigned least;
    bool down;
} small;

static void look_at_size(Agraph_t *graph) {
    small.down = runs_down(graph);
    if (small.least && letters_at_most(graph) < small.least)
        longjmp(small.way_out, 1);
}

struct attempt make_attempt(GVC_t *graphviz, const struct wish *wish, size_t way) {
    static struct attempt attempt; /* it outlives a longjmp */
    attempt = (struct attempt){
        .outcome = UNREADABLE, .choice = NOWHERE, .problem = complaint, .way = way};
    Agraph_t *graph = read_graph(wish->dot);
    if (!graph || agreseterrors() >= AGERR)
        return attempt;
    attempt.choice = pinned_choice(graph);
    if (attempt.choice != NOWHERE)
        attempt.way = attempt.choice;
    attempt.outcome = NOT_WANTED;
    if (attempt.choice == NOWHERE && ways[way].other && is_pinned(graph))
        return attempt;
    struct drawing drawing = {.graphviz = graphviz,
                              .way = attempt.way,
                              .arranged = !wish->once,
                              .source = read_network(graph)};
    small.least = wish->once ? wish->least : 0;
    look_at_positions(look_at_size);
    if (setjmp(small.way_out) == 0) {
        attempt.outcome = draw(&drawing, &attempt, wish->once) ? DRAWN : IMPOSSIBLE;
    } else {
        attempt.outcome = TOO_SMALL;
        attempt.down = small.down;
    }
    return attempt;
}
