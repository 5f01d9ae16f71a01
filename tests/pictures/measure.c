/* measure [--each] [--flaws] [--flips] FOLDER: draws the models of a folder and prints what is hard
 * to follow in their pictures, beside the targets. --each adds a line for each model, --flaws one
 * for each flaw; --flips takes flows out, one at a time, and counts the pairs of elements that
 * change their order by it. */
// SPDX-License-Identifier: MIT
#include "pictures/drawn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sums {
    struct counts counts;
    size_t models, shapes, flows, lines, collisions, failed;
    extent smallest_letters, weight;
};

static const struct {
    const char *name, *unit;
    extent target;
} rows[] = {
#define PER_100_FLOWS "per 100 flows"
#define IN_ALL "in all"
#define PERCENT_OF_LENGTH "% of length"
#define PERCENT_OF_PAIRS "% of pairs"
#define FAULT(name, weight, unit, target, sentence) {#name, unit, target},
#include "faults.def"
#undef FAULT
};

/* ---- one model --------------------------------------------------------------------------- */

struct looked_at {
    struct drawn drawn;
    struct named_scene scene;
    size_t flows;
};

static bool look(struct looked_at *look, const char *path) {
    char *script = format("stridec render --format svg -o - '%s'", path);
    char *folder = make_folder(), *output = format("%s/out", folder);
    *look = (struct looked_at){.flows = 0};
    bool fine = run_command(&(struct command){.script = script, .output = output}) == 0;
    if (fine) {
        struct text svg = read_file(output);
        struct text dot = output_of("stridec render --format dot -o - '%s'", path);
        struct text order = declared_order(dot.at, &look->flows);
        look->drawn = read_drawn(svg.at);
        look->scene = make_scene(&look->drawn, order.at);
        free(order.at), free(dot.at), free(svg.at);
    }
    remove_folder(folder);
    free(output), free(folder), free(script);
    return fine;
}

static void forget(struct looked_at *look) {
    free_scene(&look->scene);
    free_drawn(&look->drawn);
}

static void add(struct sums *sums, const struct looked_at *look, const struct counts *counts,
                size_t collisions) {
    extent letters = letter_size(&look->scene.scene);
    for (size_t i = 0; i < FAULT_COUNT; i++)
        sums->counts.of[i] += counts->of[i];
    sums->counts.beside += counts->beside;
    sums->counts.length += counts->length;
    sums->counts.pairs += counts->pairs;
    sums->counts.turns += counts->turns;
    sums->models++;
    sums->shapes += look->scene.scene.shape_count;
    sums->lines += look->scene.scene.line_count;
    sums->flows += look->flows;
    sums->collisions += collisions;
    sums->weight += weigh(&look->scene.scene, counts);
    if (!sums->smallest_letters || letters < sums->smallest_letters)
        sums->smallest_letters = letters;
}

/* ---- the table --------------------------------------------------------------------------- */

static double figure(const struct sums *sums, size_t i) {
    const struct counts *counts = &sums->counts;
    double number = (double)counts->of[i];
    if (i == FAULT_beside)
        return counts->length ? 100.0 * (double)counts->beside / (double)counts->length : 0;
    if (i == FAULT_siblings)
        return counts->pairs ? 100.0 * number / (double)counts->pairs : 0;
    return strcmp(rows[i].unit, PER_100_FLOWS) == 0 && sums->flows
               ? 100.0 * number / (double)sums->flows
               : number;
}

static void print_each(const char *path, const struct sums *sums) {
    printf("%-52.52s %3zu %3zu", base_name(path), sums->shapes, sums->flows);
    for (size_t i = 0; i < FAULT_COUNT; i++)
        printf(" %3ld", (long)sums->counts.of[i]);
    printf(" %4.1f %5.1f\n", (double)sums->smallest_letters / 100, (double)sums->weight / 10);
}

static void print_row(const char *name, double value, const char *unit, double target) {
    printf("%-28s %9.2f  %-14s %7.1f  %s\n", name, value, unit, target,
           value <= target ? "ok" : "OVER");
}

static void print_sums(const struct sums *sums) {
    printf(
        "%zu models, %zu elements, %zu flows, %zu lines; a reader pays %.0f, a flow's line turns "
        "by %.0f degrees\n",
        sums->models, sums->shapes, sums->flows, sums->lines, (double)sums->weight / 10,
        sums->lines ? (double)sums->counts.turns / (double)sums->lines : 0);
    printf("%-28s %9s  %-14s %7s\n", "", "measured", "", "target");
    print_row("not drawn", (double)sums->failed, "models", 0);
    print_row("things that overlap", (double)sums->collisions, IN_ALL, 0);
    for (size_t i = 0; i < FAULT_COUNT; i++)
        print_row(rows[i].name, figure(sums, i), rows[i].unit, (double)rows[i].target / 10);
    printf("%-28s %9.2f  %-14s %7.1f  %s\n", "smallest letters",
           (double)sums->smallest_letters / 100, "pt on a page", 6.0,
           sums->smallest_letters >= 6 * POINT ? "ok" : "UNDER");
}

/* ---- flows that are taken out ------------------------------------------------------------ */

#define TAKEN_OUT 5 /* of each model, evenly spread */
#define CLEAR (15 * POINT)

/* Where the statement of the n-th flow begins and ends; false when there are not as many. */
static bool find_flow(const char *text, size_t n, const char **begin, const char **end) {
    for (const char *line = text; line && *line; line = strchr(line, '\n')) {
        line += *line == '\n';
        const char *word = line + strspn(line, " ");
        if (strncmp(word, "flow ", 5) != 0 || n--)
            continue;
        size_t length = strcspn(line, "\n");
        *begin = line;
        *end = line + length;
        if (length && line[length - 1] == '{') {
            *end = strstr(*end, "\n}");
            if (!*end)
                return false;
            *end += 2;
        }
        return true;
    }
    return false;
}

struct flips {
    size_t pairs, flipped;
};

static const struct shape *find_shape(const struct named_scene *scene, const char *name) {
    for (size_t i = 0; i < scene->scene.shape_count; i++)
        if (strcmp(scene->shapes[i], name) == 0)
            return &scene->scene.shapes[i];
    return NULL;
}

static void compare_axis(struct flips *flips, extent before, extent after) {
    if (before < CLEAR && before > -CLEAR)
        return;
    if (after < CLEAR && after > -CLEAR)
        return;
    flips->pairs++;
    flips->flipped += (before < 0) != (after < 0);
}

static void compare_pictures(struct flips *flips, const struct named_scene *before,
                             const struct named_scene *after) {
    for (size_t j = 0; j < before->scene.shape_count; j++)
        for (size_t i = 0; i < j; i++) {
            const struct shape *one = find_shape(after, before->shapes[i]);
            const struct shape *other = find_shape(after, before->shapes[j]);
            if (!one || !other)
                continue;
            struct spot a = area_middle(before->scene.shapes[i].area);
            struct spot b = area_middle(before->scene.shapes[j].area);
            struct spot c = area_middle(one->area), d = area_middle(other->area);
            compare_axis(flips, b.x - a.x, d.x - c.x);
            compare_axis(flips, b.y - a.y, d.y - c.y);
        }
}

static void take_flows_out(struct flips *flips, const char *path, const struct looked_at *whole) {
    struct text model = read_file(path);
    char *folder = make_folder(), *changed = format("%s/m.dfd", folder);
    size_t taken = whole->flows < TAKEN_OUT ? whole->flows : TAKEN_OUT;
    for (size_t i = 0; i < taken; i++) {
        const char *begin, *end;
        struct looked_at without;
        struct text rest = {0};
        if (!find_flow(model.at, i * whole->flows / taken, &begin, &end))
            break;
        text_add(&rest, model.at, (size_t)(begin - model.at));
        text_add(&rest, end, model.length - (size_t)(end - model.at));
        write_file(changed, rest.at, rest.length);
        if (look(&without, changed))
            compare_pictures(flips, &whole->scene, &without.scene);
        forget(&without);
        free(rest.at);
    }
    remove_folder(folder);
    free(changed), free(folder), free(model.at);
}

/* ---- the folder -------------------------------------------------------------------------- */

struct wanted {
    bool each, flaws, flips;
};

static void measure_model(struct sums *sums, struct flips *flips, const char *path,
                          struct wanted wanted) {
    struct looked_at picture;
    struct counts counts;
    struct sums own = {0};
    const char *tell = wanted.flaws ? base_name(path) : NULL;
    if (!look(&picture, path)) {
        printf("%s: not drawn\n", base_name(path));
        sums->failed++;
        return;
    }
    size_t collisions = count_collisions(&picture.drawn, tell);
    tell_faults(&picture.scene, &counts, tell);
    add(&own, &picture, &counts, collisions);
    add(sums, &picture, &counts, collisions);
    if (wanted.each)
        print_each(path, &own);
    if (wanted.flips)
        take_flows_out(flips, path, &picture);
    forget(&picture);
}

int main(int count, char **arguments) {
    struct wanted wanted = {false};
    struct sums sums = {.models = 0};
    struct flips flips = {0};
    for (int i = 1; i < count - 1; i++) {
        wanted.each |= strcmp(arguments[i], "--each") == 0;
        wanted.flaws |= strcmp(arguments[i], "--flaws") == 0;
        wanted.flips |= strcmp(arguments[i], "--flips") == 0;
    }
    if (count < 2)
        return 2;
    struct paths models = find_files(arguments[count - 1], ".dfd");
    for (size_t i = 0; i < models.count; i++)
        if (!strstr(models.items[i], ".triage.dfd"))
            measure_model(&sums, &flips, models.items[i], wanted);
    print_sums(&sums);
    if (wanted.flips)
        print_row("order that one flow changes",
                  flips.pairs ? 100.0 * (double)flips.flipped / (double)flips.pairs : 0,
                  PERCENT_OF_PAIRS, 9);
    bool any = models.count > 0;
    free_paths(&models);
    return any ? 0 : 2;
}
