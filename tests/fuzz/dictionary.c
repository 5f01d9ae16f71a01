/* The words of the language as a dictionary for libFuzzer, from the tables that the library itself
 * works with. Punctuation and the words of the grammar stand in words.dict. */
// SPDX-License-Identifier: MIT
#include "model/kind.h"
#include "model/rule.h"

#include <stdio.h>

static void print_entry(const char *at, size_t length) {
    fputc('"', stdout);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)at[i];
        if (byte < 0x20 || byte >= 0x7f || byte == '"' || byte == '\\')
            printf("\\x%02X", byte);
        else
            fputc(byte, stdout);
    }
    fputs("\"\n", stdout);
}

static void print_word(const char *word, const char *behind) {
    char entry[128];
    int length = snprintf(entry, sizeof entry, "%s%s", word, behind);
    if (*word)
        print_entry(entry, (size_t)length);
}

static void print_values(const char *rest) {
    struct slice value;
    bool safe;
    while (attribute_next_value(&rest, &value, &safe))
        print_entry(value.at, value.length);
}

int main(void) {
    for (size_t i = 0; i < KIND_COUNT; i++) {
        print_word(kind_rows[i].word, " ");
        print_word(kind_rows[i].section, ":");
    }
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
        print_word(attribute_rows[i].name, ":");
        print_values(attribute_rows[i].values);
    }
    for (size_t i = 0; i < TRUTH_COUNT; i++)
        print_word(truth_rows[i].name, " ");
    return 0;
}
