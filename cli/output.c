/* An output goes to its file, after the dependency file that names it, or to standard output. */
// SPDX-License-Identifier: MIT
#include "output.h"

#include "depfile.h"
#include "paths.h"
#include "report.h"

#include <string.h>

bool write_product(struct session *session, const struct product *product, bool force) {
    return product_may_replace(product, session, force) &&
           depfile_write(session, &product->target.path, 1, force) &&
           product_write(product, session);
}

void emit_format(struct session *session, const char *format, const stridec_output *wanted,
                 const char *path, bool force) {
    if (path && !is_standard_output(path)) {
        struct product product;
        if (product_make(&product, session, path, format, wanted, force) &&
            write_product(session, &product, force) && report_is_on())
            report_file(path, product_state(&product));
        product_close(&product);
        return;
    }
    stridec_output output = *wanted;
    bool is_for_people = strcmp(format, "text") == 0;
    output.model_name = is_for_people ? NULL : path_base(session->path);
    emit_into(session, format, &output, print_result, NULL);
}
