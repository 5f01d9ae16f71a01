/* Functions that need no compilation: codes, schemas, text of others. */
// SPDX-License-Identifier: MIT
#include "stridec.h"

#include "diag/diag.h"
#include "emit/emit.h"
#include "emit/schema.h"

bool stridec_code_at(size_t index, stridec_code_info *info) {
    if (!info || index >= DIAG_COUNT)
        return false;
    const struct diag_kind *kind = diag_kind((enum diag_code)index);
    *info = (stridec_code_info){
        .code = kind->code,
        .message = kind->message,
        .about = kind->about,
        .level = (stridec_level)kind->level,
    };
    return true;
}

/* ---- schemas ----------------------------------------------------------------------------- */

stridec_status stridec_write_schema(const char *name, stridec_sink *sink, void *context) {
    struct slice wanted = slice_of(name);
    struct writer writer;
    if (!sink)
        return STRIDEC_MISUSE;
    writer_open(&writer, sink, context);
    if (slice_is(wanted, "model"))
        write_model_schema(&writer);
    else if (slice_is(wanted, "output"))
        write_bytes(&writer, output_schema, output_schema_length);
    else
        return STRIDEC_MISUSE;
    return writer_close(&writer) ? STRIDEC_OK : STRIDEC_NOT_TAKEN;
}

/* ---- text of others ---------------------------------------------------------------------- */

stridec_status stridec_write_text(const char *form, const char *text, size_t length,
                                  stridec_sink *sink, void *context) {
    struct slice wanted = slice_of(form), slice = {text, length};
    struct writer writer;
    writer_open(&writer, sink, context);
    if (slice_is(wanted, "terminal"))
        write_file_name(&writer, slice);
    else if (slice_is(wanted, "json"))
        write_json_string(&writer, slice);
    else
        return STRIDEC_MISUSE;
    return writer_close(&writer) ? STRIDEC_OK : STRIDEC_NOT_TAKEN;
}
