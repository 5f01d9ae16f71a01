/* What is wrong with a finished picture, in words. */
// SPDX-License-Identifier: MIT
#include "drawn.h"

#include <stdio.h>

#define TOLERANCE (POINT / 2)

static bool overlap(const struct thing *a, const struct thing *b) {
    return a->drawn && b->drawn && a->box.left < b->box.right - TOLERANCE &&
           b->box.left < a->box.right - TOLERANCE && a->box.top < b->box.bottom - TOLERANCE &&
           b->box.top < a->box.bottom - TOLERANCE;
}

static bool inside(struct area a, struct area b) {
    return area_holds(area_within(b, -TOLERANCE), a);
}

/* Boundaries may lie inside each other, and all else inside of them; nothing else may overlap. */
static bool collide(const struct thing *a, const struct thing *b) {
    if (!overlap(a, b))
        return false;
    bool a_fits = b->what == BOUNDARY && inside(a->box, b->box);
    bool b_fits = a->what == BOUNDARY && inside(b->box, a->box);
    return !a_fits && !b_fits;
}

size_t count_collisions(const struct drawn *drawn, const char *path) {
    size_t count = 0;
    for (size_t i = 0; i < drawn->count; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct thing *a = &drawn->things[j], *b = &drawn->things[i];
            if (!collide(a, b))
                continue;
            count++;
            if (path)
                printf("%s: %s %s and %s %s overlap\n", path, what_words[a->what], a->name,
                       what_words[b->what], b->name);
        }
    }
    for (size_t i = 0; i < drawn->inscription_count; i++) {
        const struct inscription *text = &drawn->inscriptions[i];
        const struct thing *around = &drawn->things[text->thing];
        if (inside(text->box, around->box))
            continue;
        count++;
        if (path)
            printf("%s: text '%s' sticks out of %s %s\n", path, text->name,
                   what_words[around->what], around->name);
    }
    return count;
}

/* ---- lines ------------------------------------------------------------------------------- */

struct teller {
    const struct named_scene *scene;
    const char *path;
};

static const char *frame_or_shape(const struct named_scene *scene, size_t index) {
    size_t shapes = scene->scene.shape_count;
    return index < shapes ? scene->shapes[index] : scene->frames[index - shapes];
}

static void print_fault(void *context, enum fault fault, size_t one, size_t other) {
    static const char *const sentences[] = {
#define FAULT(name, weight, unit, target, sentence) sentence,
#include "faults.def"
#undef FAULT
    };
    const struct teller *teller = context;
    const struct named_scene *scene = teller->scene;
    const char *first = fault == FAULT_siblings ? frame_or_shape(scene, one) : scene->lines[one];
    const char *second = fault == FAULT_siblings ? frame_or_shape(scene, other)
                         : fault == FAULT_elements || fault == FAULT_detours ? scene->shapes[other]
                         : fault == FAULT_titles || fault == FAULT_foreign ||
                                 fault == FAULT_again || fault == FAULT_borders
                             ? scene->frames[other]
                             : scene->lines[other];
    printf("%s: ", teller->path);
    printf(sentences[fault], first, second);
    putchar('\n');
}

size_t tell_faults(const struct named_scene *scene, struct counts *counts, const char *path) {
    struct teller teller = {scene, path};
    size_t sum = 0;
    count_faults(&scene->scene, counts, path ? print_fault : NULL, &teller);
    for (size_t i = 0; i < FAULT_COUNT; i++)
        sum += (size_t)counts->of[i];
    return sum;
}
