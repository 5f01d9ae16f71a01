/* stridec report: the model as one page for a browser. */
// SPDX-License-Identifier: MIT
#include "endings.h"
#include "output.h"
#include "paths.h"
#include "report.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

static const char about[] =
    "One file of HTML with the picture, the questions, what was decided and what is\n"
    "still to be done, to be read, searched and printed in a browser. It needs\n"
    "nothing else and loads nothing. That of NAME.dfd is NAME.html beside it; a\n"
    "model from standard input needs -o.";

static void write_page(struct session *session, const char *path, bool force, bool all) {
    const stridec_output wanted = {.size = sizeof wanted, .all = all};
    struct product product;
    product_make(&product, session, path, "html", &wanted, force);
    bool made = product.content.length > 0; /* also where its picture could not be drawn */
    if (made && write_product(session, &product, force))
        tell_file(path, product_state(&product));
    product_close(&product);
}

/* False, after a complaint, when there is no place for the page. Any name will do but that of
 * another output. */
static bool check_output(const char *model, const char *output) {
    const char *format = output ? known_format_of_ending(output) : NULL;
    if (!output && strcmp(model, "-") == 0)
        complain("a model from standard input has no folder: name the page by -o FILE");
    else if (output && is_standard_output(output))
        complain("report writes the page to a file; for standard output: stridec threats --format "
                 "html FILE");
    else if (format && strcmp(format, "html") != 0)
        complain("%s: the page is HTML; give it a name that ends in .html", output);
    else
        return true;
    return false;
}

enum outcome cmd_report(struct invocation *run) {
    const char *output = NULL;
    bool force = false, all = false;
    const struct option options[] = {
        {.letter = 'o',
         .name = "output",
         .argument = "FILE",
         .text = &output,
         .help = "the page, in place of NAME.html"},
        {.name = "all", .on = &all, .help = "every row, also of a very large model"},
        OPTION_REPORT(run),
        OPTION_PRODUCTS(run, &force),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    const char *model = run->words.at[0];
    if (!check_output(model, output))
        return OUTCOME_MISUSE;
    struct session session;
    char *path = output ? text_copy(output) : path_of_page(model);
    if (session_open(&session, run, model))
        write_page(&session, path, force, all);
    free(path);
    return session_close(&session);
}
