/* Every text of a picture can be read on what it stands on, in the light scheme and the dark one: a
 * contrast of at least 4.5 to 1, as WCAG 2.1 asks for at level AA (1.4.3); of lines and shapes at
 * least 3 to 1 (1.4.11). In a grey print, what crosses is told by more than its colour. */
// SPDX-License-Identifier: MIT
#include "emit/picture.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

/* The root of Newton's steps from above. */
static double fifth_root(double number) {
    double root = 1;
    for (int i = 0; i < 60; i++)
        root = (4 * root + number / (root * root * root * root)) / 5;
    return root;
}

/* sRGB to linear light; x to the power of 2.4 is x * x times the fifth root of x * x. */
static double linear(unsigned value) {
    double part = value / 255.0, base = (part + 0.055) / 1.055;
    return part <= 0.04045 ? part / 12.92 : base * base * fifth_root(base * base);
}

static double luminance(const char *color) {
    unsigned long rgb = strtoul(color + 1, NULL, 16);
    return 0.2126 * linear(rgb >> 16 & 0xff) + 0.7152 * linear(rgb >> 8 & 0xff) +
           0.0722 * linear(rgb & 0xff);
}

static double contrast(const char *one, const char *other) {
    double a = luminance(one) + 0.05, b = luminance(other) + 0.05;
    return a > b ? a / b : b / a;
}

static const struct color *color_named(const char *name) {
    for (size_t i = 0; i < palette_count; i++)
        if (strcmp(palette[i].name, name) == 0)
            return &palette[i];
    fail_msg("no colour '%s'", name);
    return NULL;
}

static void expect(const char *one, const char *other, double least) {
    const struct color *a = color_named(one), *b = color_named(other);
    if (contrast(a->light, b->light) < least || contrast(a->dark, b->dark) < least)
        fail_msg("%s on %s: %.2f in the light scheme, %.2f in the dark one; %.1f are needed", one,
                 other, contrast(a->light, b->light), contrast(a->dark, b->dark), least);
}

static void black_and_white_are_told_apart(void **state) {
    (void)state;
    assert_true(contrast("#000000", "#ffffff") > 20.99 && contrast("#000000", "#ffffff") < 21.01);
    assert_true(contrast("#767676", "#ffffff") > 4.5 && contrast("#777777", "#ffffff") < 4.5);
}

static void text_can_be_read(void **state) {
    static const char *const grounds[] = {"paper", "process", "external", "store"};
    (void)state;
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
        expect("ink", grounds[i], 4.5);
        expect("muted", grounds[i], 4.5);
    }
    expect("red", "paper", 4.5);  /* titles and chips */
    expect("paper", "red", 4.5);  /* filled badges */
    expect("paper", "open", 4.5); /* filled letters */
}

static void lines_can_be_seen(void **state) {
    static const char *const lines[] = {"ink", "muted", "red", "open"};
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        expect(lines[i], "paper", 3);
}

/* A filled letter is told from an empty one, whatever the colours are printed as. */
static void grey_tells_dark_from_light(void **state) {
    (void)state;
    expect("open", "paper", 7);
    assert_true(luminance(color_named("open")->light) < luminance(color_named("paper")->light));
    assert_true(luminance(color_named("open")->dark) > luminance(color_named("paper")->dark));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(black_and_white_are_told_apart),
        cmocka_unit_test(text_can_be_read),
        cmocka_unit_test(lines_can_be_seen),
        cmocka_unit_test(grey_tells_dark_from_light),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
