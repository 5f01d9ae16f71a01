/* The built-in rule pack, the files of lib/analysis/rules joined, as bytes. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_BUILTIN_H
#define ANALYSIS_BUILTIN_H

extern const char builtin_rules[];
extern const unsigned long builtin_rules_length;

#endif
