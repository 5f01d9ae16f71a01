/* Classes of characters. They decide what counts as blank and what nobody can see, for reading, for
 * checks and for every output. */
// SPDX-License-Identifier: MIT
#ifndef BASE_CHARACTER_H
#define BASE_CHARACTER_H

#include <stdbool.h>
#include <stdint.h>

/* Of ASCII. */
static inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static inline bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* See characters.def. */
enum character_class {
    CHARACTER_VISIBLE,
    CHARACTER_BLANK,
    CHARACTER_HIDDEN,
    CHARACTER_JOINER,
    CHARACTER_SELECTOR,
    CHARACTER_KEYCAP,
    CHARACTER_PICTURE,
    CHARACTER_JOINING,
    CHARACTER_IDEOGRAPH
};

/* The class of a character beyond ASCII, and of -1, which is none. */
enum character_class character_lookup(int32_t character);

static inline enum character_class character_class(int32_t character) {
    if (character < 0x20 || character >= 0x7f)
        return character_lookup(character);
    return character == ' ' ? CHARACTER_BLANK : CHARACTER_VISIBLE;
}

static inline bool character_is_blank(int32_t character) {
    return character_class(character) == CHARACTER_BLANK;
}

/* It has no mark of its own on the screen, steers a terminal, or reorders the text around it. */
static inline bool character_is_hidden(int32_t character) {
    enum character_class class = character_class(character);
    return class == CHARACTER_HIDDEN || class == CHARACTER_JOINER || class == CHARACTER_SELECTOR;
}

/* The same, where its neighbours are known (-1: none): a joiner or selector that does its work
 * between them, as in Persian, Hindi and many emoji, is not hidden. */
bool character_is_hidden_between(int32_t before, int32_t character, int32_t after);

#endif
