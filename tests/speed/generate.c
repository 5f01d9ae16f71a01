/* Writes a model of any size: generate ELEMENTS dsl|yaml. One and a half times as many flows as
 * elements, a boundary for every twenty of them, four boundaries in each boundary. The same size
 * gives the same model, in both forms. */
// SPDX-License-Identifier: MIT
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PER_BOUNDARY 20u
#define FAN_OUT 4u
/* Warnings that come by the thousand where chance draws the flows. */
#define UNWANTED "W0401, W0402, W0403, W0404, W0407, W0410"

struct pair {
    const char *name, *value;
};

static uint64_t seed = 1;

/* Of Knuth's MMIX; the high bits are the good ones. */
static uint32_t random_below(uint32_t limit) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((seed >> 33) % limit);
}

/* Neighbours begin far from each other. */
static void seed_for(uint32_t number) {
    seed = (number + UINT64_C(1)) * UINT64_C(0x9e3779b97f4a7c15);
    random_below(1);
}

static const struct pair process_facts[] = {{"kind", "api"},       {"kind", "service"},
                                            {"kind", "worker"},    {"logs", "central"},
                                            {"errors", "generic"}, {"authorizes", "owner"},
                                            {"runs_as", "user"},   {"validates_input", "yes"}};
static const struct pair store_facts[] = {{"kind", "sql"},
                                          {"kind", "object"},
                                          {"kind", "queue"},
                                          {"encrypted", "yes"},
                                          {"access", "least_privilege"}};
static const struct pair flow_facts[] = {{"protocol", "https"},
                                         {"protocol", "tls"},
                                         {"protocol", "http"},
                                         {"auth", "jwt"},
                                         {"auth", "none"},
                                         {"carries", "[object_id]"},
                                         {"carries", "[file, html]"},
                                         {"rate_limited", "yes"}};
#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

static uint32_t elements, boundaries;

/* Of ten elements in a row one is external, three are stores. */
static bool is_external(uint32_t element) {
    return element % 10 == 0;
}

static bool is_store(uint32_t element) {
    return element % 10 >= 7;
}

static const char *kind_of(uint32_t element) {
    return is_external(element) ? "external" : is_store(element) ? "store" : "process";
}

/* Two facts of different names, the first a kind or protocol. */
static void pick_facts(const struct pair *all, uint32_t count, struct pair picked[2]) {
    picked[0] = all[random_below(3)];
    picked[1] = all[3 + random_below(count - 3)];
}

static void element_facts(uint32_t element, struct pair picked[2]) {
    seed_for(element);
    if (is_store(element))
        pick_facts(store_facts, COUNT(store_facts), picked);
    else
        pick_facts(process_facts, COUNT(process_facts), picked);
}

/* A process talks to an element that is mostly near. */
static void flow_ends(uint32_t flow, uint32_t *from, uint32_t *to) {
    seed_for(flow);
    uint32_t start = random_below(elements);
    start = start - start % 10 + 1 + random_below(6);
    uint32_t reach = random_below(8) ? 2 * PER_BOUNDARY : elements;
    uint32_t end = (start + 1 + random_below(reach < elements ? reach : elements)) % elements;
    if (start >= elements)
        start = elements > 1;
    if (end == start)
        end = 0;
    bool reversed = random_below(3) == 0;
    *from = reversed ? end : start;
    *to = reversed ? start : end;
}

/* ---- DSL --------------------------------------------------------------------------------- */

static void indent(unsigned depth) {
    for (unsigned i = 0; i < depth; i++)
        fputs("  ", stdout);
}

static void print_element(uint32_t element, unsigned depth) {
    indent(depth);
    printf("%s e%u \"%s number %u\" {", kind_of(element), element, kind_of(element), element);
    struct pair facts[2];
    element_facts(element, facts);
    if (is_external(element))
        puts(" kind: browser }");
    else
        printf(" %s: %s; %s: %s }\n", facts[0].name, facts[0].value, facts[1].name, facts[1].value);
}

static void print_boundary(uint32_t boundary, unsigned depth) {
    indent(depth);
    printf("boundary b%u \"Zone %u\" {\n", boundary, boundary);
    indent(depth + 1);
    puts("kind: network");
    for (uint32_t i = boundary * PER_BOUNDARY; i < elements && i < (boundary + 1) * PER_BOUNDARY;
         i++)
        if (!is_external(i))
            print_element(i, depth + 1);
    for (uint32_t i = 1; i <= FAN_OUT && boundary * FAN_OUT + i < boundaries; i++)
        print_boundary(boundary * FAN_OUT + i, depth + 1);
    indent(depth);
    puts("}");
}

static void print_flow(uint32_t flow) {
    uint32_t from, to;
    flow_ends(flow, &from, &to);
    struct pair facts[2];
    pick_facts(flow_facts, COUNT(flow_facts), facts);
    printf("flow f%u = e%u -> e%u : \"request %u\" { %s: %s; %s: %s }\n", flow, from, to, flow,
           facts[0].name, facts[0].value, facts[1].name, facts[1].value);
}

static void print_dsl(void) {
    puts("model generated \"Generated model\" { allow: [" UNWANTED "] }\n");
    for (uint32_t i = 0; i < elements; i += 10)
        print_element(i, 0);
    print_boundary(0, 0);
    for (uint32_t i = 0; i < elements + elements / 2; i++)
        print_flow(i);
}

/* ---- YAML -------------------------------------------------------------------------------- */

static void print_yaml_elements(const char *title, const char *kind) {
    printf("%s:\n", title);
    for (uint32_t i = 0; i < elements; i++) {
        struct pair facts[2];
        if (strcmp(kind_of(i), kind) != 0)
            continue;
        element_facts(i, facts);
        printf("  e%u:\n    label: \"%s number %u\"\n", i, kind, i);
        if (is_external(i))
            puts("    kind: browser");
        else
            printf("    in: b%u\n    %s: %s\n    %s: %s\n", i / PER_BOUNDARY, facts[0].name,
                   facts[0].value, facts[1].name, facts[1].value);
    }
}

static void print_yaml(void) {
    puts("model:\n  id: generated\n  label: \"Generated model\"\n"
         "  allow: [" UNWANTED "]\nboundaries:");
    for (uint32_t i = 0; i < boundaries; i++) {
        printf("  b%u:\n    label: \"Zone %u\"\n    kind: network\n", i, i);
        if (i)
            printf("    in: b%u\n", (i - 1) / FAN_OUT);
    }
    print_yaml_elements("externals", "external");
    print_yaml_elements("processes", "process");
    print_yaml_elements("stores", "store");
    puts("flows:");
    for (uint32_t i = 0; i < elements + elements / 2; i++) {
        uint32_t from, to;
        struct pair facts[2];
        flow_ends(i, &from, &to);
        pick_facts(flow_facts, COUNT(flow_facts), facts);
        printf("  f%u:\n    from: e%u\n    to: e%u\n    label: \"request %u\"\n    %s: %s\n"
               "    %s: %s\n",
               i, from, to, i, facts[0].name, facts[0].value, facts[1].name, facts[1].value);
    }
}

int main(int argc, char **argv) {
    long count = argc == 3 ? strtol(argv[1], NULL, 10) : 0;
    if (count < 10 || count > 10000000) {
        fputs("usage: generate ELEMENTS dsl|yaml, at least 10 elements\n", stderr);
        return 3;
    }
    elements = (uint32_t)count;
    boundaries = (elements + PER_BOUNDARY - 1) / PER_BOUNDARY;
    if (strcmp(argv[2], "yaml") == 0)
        print_yaml();
    else
        print_dsl();
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 4;
}
