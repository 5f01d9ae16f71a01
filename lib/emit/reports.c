/* The table of formats for hosts, from reports.def. */
// SPDX-License-Identifier: MIT
#include "emit/findings.h"

const struct report_format report_formats[] = {
#define REPORT(name, extension, function, needs, opening, about)                                   \
    {name, extension, function, NEEDS_##needs, opening, about},
#include "emit/reports.def"
#undef REPORT
};

const size_t report_format_count = sizeof report_formats / sizeof *report_formats;
