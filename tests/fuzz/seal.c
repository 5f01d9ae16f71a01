/* See seal.h. */
// SPDX-License-Identifier: MIT
#include "seal.h"

#include "base/table.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define DIGITS 16

void seal_picture(char *svg, size_t length) {
    static const char mark[] = " data-stridec-digest=\"";
    char digits[DIGITS + 1], *at = strstr(svg, mark);
    if (!at || (size_t)(at - svg) + sizeof mark - 1 + DIGITS > length)
        return;
    at += sizeof mark - 1;
    struct slice before = {svg, (size_t)(at - svg)};
    struct slice behind = {at + DIGITS, length - before.length - DIGITS};
    uint64_t hash = text_hash(text_hash(TEXT_HASH, before), behind);
    snprintf(digits, sizeof digits, "%016" PRIx64, hash);
    memcpy(at, digits, DIGITS);
}
