/* The yardstick of the parser: libyaml's events over a file, counted and thrown away. */
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <yaml.h>

static long count_events(yaml_parser_t *parser) {
    long count = 0;
    yaml_event_t event;
    for (int ended = 0; !ended; count++) {
        if (!yaml_parser_parse(parser, &event))
            return -1;
        ended = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    return count;
}

int main(int argc, char **argv) {
    yaml_parser_t parser;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file || !yaml_parser_initialize(&parser)) {
        fputs("usage: yaml_events FILE\n", stderr);
        return 3;
    }
    yaml_parser_set_input_file(&parser, file);
    long count = count_events(&parser);
    yaml_parser_delete(&parser);
    fclose(file);
    printf("%ld events\n", count);
    return count < 0;
}
