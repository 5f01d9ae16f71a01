/* The built-in rule pack, the files of lib/analysis/rules joined, as bytes: as it is, and without
 * comments and `hit` and `miss`, which only test-rules has a use for. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_BUILTIN_H
#define ANALYSIS_BUILTIN_H

extern const char builtin_rules[], tested_rules[];
extern const unsigned long builtin_rules_length, tested_rules_length;

#endif
