/* The table of formats, from formats.def. */
// SPDX-License-Identifier: MIT
#include "emit/emit.h"

#define COMMENT(begin, end) .comment = (begin), .comment_end = (end)
#define OPENING(text) .opening = (text)
#define EVIDENCE , .opens_evidence = true
#define FILLED_IN(function) , .is_filled_in = (function)

const struct format formats[] = {
#define FORMAT(name, extension, also, shows, function, beginning, about)                           \
    {name, extension, also, SHOWS_##shows, function, about, beginning},
#include "emit/formats.def"
#undef FORMAT
};

const size_t format_count = sizeof formats / sizeof *formats;
