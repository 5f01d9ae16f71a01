/* An output goes to its file, after the dependency file that names it, or to standard output. */
// SPDX-License-Identifier: MIT
#include "output.h"

#include "depfile.h"
#include "generated.h"
#include "paths.h"
#include "report.h"

#include <string.h>

void emit_format(struct session *session, const char *format, const stridec_output *wanted,
                 const char *path, bool force) {
    if (path && !is_standard_output(path)) {
        struct product product;
        if (product_make(&product, session, path, format, wanted, force) &&
            product_may_replace(&product, session, force) &&
            depfile_write(session, &path, 1, force)) {
            bool same = target_holds(&product.target, &product.content);
            if (product_write(&product, session) && report_is_on())
                report_file(path, same ? "unchanged" : "written");
        }
        product_close(&product);
        return;
    }
    stridec_output output = *wanted;
    bool is_for_people = strcmp(format, "text") == 0;
    output.model_name = is_for_people ? NULL : path_base(session->path);
    emit_into(session, format, &output, print_result, NULL);
}
