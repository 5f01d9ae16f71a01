/* Files that stridec makes. They say so in their beginning; what does not, names another model, or
 * has been typed into since, is somebody's work and is written over only when forced. */
// SPDX-License-Identifier: MIT
#ifndef CLI_GENERATED_H
#define CLI_GENERATED_H

#include "session.h"
#include "target.h"

/* What `build` calls the document of whichever model of a folder. */
#define BUILT_DOCUMENT "THREAT-MODEL.md"

/* One output on its way into a file. */
struct product {
    struct target target;
    struct text content;
    bool opened;
};

/* Opens the file and makes its content; `wanted` gets the model's name as seen from the file, and
 * what the file holds as the previous picture unless it is to be drawn `anew`. False when there is
 * nothing to write: the session knows why. Always needs product_close. */
bool product_make(struct product *product, struct session *session, const char *path,
                  const char *format, const stridec_output *wanted, bool anew);
/* The same with this text as the previous picture; NULL: what the file holds. */
bool product_make_from(struct product *product, struct session *session, const char *path,
                       const char *format, const stridec_output *wanted, const char *previous);
/* The same with a content that has been made before. */
bool product_take(struct product *product, struct session *session, const char *path,
                  const char *content, size_t length);
/* Each returns true. */
bool complain_of_foreign(const char *path);
bool complain_of_input(const char *path);
/* Whether the file is none that was read, be it forced or not; complains when it is one. */
bool is_not_read(const struct session *session, const struct target *target);
/* Whether the file may be replaced; complains when not. */
bool product_may_replace(const struct product *product, struct session *session, bool force);
bool product_write(const struct product *product, struct session *session);
/* "written", or "unchanged" where the file had it already. */
const char *product_state(const struct product *product);
/* And says so, or that the file has it already. */
bool product_write_and_tell(const struct product *product, struct session *session);
void product_close(struct product *product);

/* What a file calls the session's model: its path as seen from there. Freed by the caller. */
char *model_seen_from(const struct session *session, const struct target *target);
/* "-" and /dev/stdout: a file that standard output is redirected to belongs to the user, and is not
 * replaced. */
bool is_standard_output(const char *path);
/* Sends a format to a sink, with the run's options of layout; the session remembers the outcome. */
bool emit_into(struct session *session, const char *format, stridec_output *output,
               stridec_sink *sink, void *context);

#endif
