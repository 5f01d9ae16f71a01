/* Numbers as Graphviz writes them into SVG, which is most of that: with at most two decimals. Its
 * own way is printf's, which is exact for numbers of any size and takes a sixth of the time of a
 * picture; the text is the same. */
// SPDX-License-Identifier: MIT
#include "numbers.h"

#include <stdio.h>

#define LARGE 1e7 /* in hundredths it is a number of 32 bits */
/* In hundredths: nearer to the middle between two of them than this, what printf does depends on
 * digits that are lost when the number is multiplied. */
#define TOO_NEAR 1e-4

/* "12.50" is written "12.5", and "12.00" "12". */
static size_t take_zeros_off(char *text, size_t length) {
    while (text[length - 1] == '0')
        length--;
    return text[length - 1] == '.' ? length - 1 : length;
}

static size_t write_slowly(char *text, double number) {
    int length = snprintf(text, NUMBER_ROOM, "%.02f", number);
    return take_zeros_off(text, (size_t)length);
}

size_t number_text(char *text, double number) {
    if (number > -0.005 && number < 0.005) {
        text[0] = '0';
        return 1;
    }
    double hundredths = number < 0 ? -100 * number : 100 * number;
    if (!(hundredths < 100 * LARGE))
        return write_slowly(text, number);
    unsigned rest = (unsigned)hundredths;
    double more = hundredths - rest;
    if (more > 0.5 - TOO_NEAR && more < 0.5 + TOO_NEAR)
        return write_slowly(text, number);
    rest += more > 0.5;
    char digits[16];
    size_t count = 0, length = 0;
    for (; rest || count < 3; rest /= 10)
        digits[count++] = (char)('0' + rest % 10);
    if (number < 0)
        text[length++] = '-';
    while (count) {
        if (count == 2)
            text[length++] = '.';
        text[length++] = digits[--count];
    }
    return take_zeros_off(text, length);
}
