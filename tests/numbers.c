/* Numbers of pictures are written as printf and Graphviz do, whatever they are. SLOW=1 tries ten
 * times as many. */
// SPDX-License-Identifier: MIT
#include "support.h"

#include "numbers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int trials(int count) {
    return getenv("SLOW") ? 10 * count : count;
}

/* As Graphviz does it. */
static void write_plainly(char *text, double number) {
    if (number > -0.005 && number < 0.005) {
        strcpy(text, "0");
        return;
    }
    snprintf(text, NUMBER_ROOM, "%.02f", number);
    for (char *end = text + strlen(text) - 1; strchr(text, '.') && (*end == '0' || *end == '.');
         end--) {
        bool point = *end == '.';
        *end = '\0';
        if (point)
            return;
    }
}

static void expect_same(double number) {
    char expected[NUMBER_ROOM], actual[NUMBER_ROOM + 1];
    write_plainly(expected, number);
    actual[number_text(actual, number)] = '\0';
    if (strcmp(actual, expected) != 0)
        fail_msg("%.17g: '%s', not '%s'", number, actual, expected);
}

static void expect_same_around(double number) {
    expect_same(number);
    expect_same(-number);
    expect_same(nextafter(number, INFINITY));
    expect_same(nextafter(number, -INFINITY));
}

static void borders_and_middles(void **state) {
    static const double others[] = {0,   0.005,    0.01, 1,     9.995,  99.995,   1e6,
                                    1e7, 99999.99, 1e15, 1e300, 5e-324, INFINITY, NAN};
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        expect_same_around(others[i]);
    const int count = trials(3000);
    for (int i = 0; i < count; i++) {
        expect_same_around(i / 8.0);
        expect_same_around(i / 200.0);
        expect_same_around(1e7 + (i - count / 2) / 1000.0); /* where it is left to printf */
    }
}

static void numbers_at_random(void **state) {
    uint64_t seed = 1;
    (void)state;
    for (int i = 0; i < trials(20000); i++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        double part = (double)(seed >> 11) / 9007199254740992.0, any;
        memcpy(&any, &seed, sizeof any);
        expect_same(2000 * part - 1000);
        expect_same(2e8 * part);
        expect_same(any);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(borders_and_middles),
        cmocka_unit_test(numbers_at_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
