/* The table of formats, from formats.def. */
// SPDX-License-Identifier: MIT
#include "emit/emit.h"

const struct format formats[] = {
#define FORMAT(name, extension, also, function, about) {name, extension, also, function, about},
#include "emit/formats.def"
#undef FORMAT
};

const size_t format_count = sizeof formats / sizeof *formats;
