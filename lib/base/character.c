/* The table of characters, and what joiners and selectors do for their neighbours. */
// SPDX-License-Identifier: MIT
#include "base/character.h"

#include <stddef.h>

static const struct range {
    int32_t first, last;
    enum character_class class;
} ranges[] = {
#define RANGE(first, last, class) {first, last, CHARACTER_##class},
#include "base/characters.def"
#undef RANGE
};

enum character_class character_lookup(int32_t character) {
    size_t low = 0, high = sizeof ranges / sizeof *ranges;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ranges[middle].last < character)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < sizeof ranges / sizeof *ranges && ranges[low].first <= character;
    return found ? ranges[low].class : CHARACTER_VISIBLE;
}

/* The picture that a joiner joins may have a selector, which then stands before the joiner. */
static bool joins(int32_t before, int32_t after) {
    enum character_class left = character_class(before), right = character_class(after);
    if (right == CHARACTER_PICTURE)
        return left == CHARACTER_PICTURE || left == CHARACTER_SELECTOR;
    return left == CHARACTER_JOINING && right == CHARACTER_JOINING;
}

static bool selects(int32_t before, int32_t after) {
    enum character_class class = character_class(before);
    return class == CHARACTER_PICTURE || class == CHARACTER_JOINING ||
           class == CHARACTER_IDEOGRAPH || character_class(after) == CHARACTER_KEYCAP;
}

bool character_is_hidden_between(int32_t before, int32_t character, int32_t after) {
    switch (character_class(character)) {
    case CHARACTER_HIDDEN:
        return true;
    case CHARACTER_JOINER:
        return !joins(before, after);
    case CHARACTER_SELECTOR:
        return !selects(before, after);
    default:
        return false;
    }
}
