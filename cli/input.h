/* Decides which files may be read: ordinary files inside of a root. A model may come from a
 * stranger, and so may the file that its name leads to. */
// SPDX-License-Identifier: MIT
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include "files.h"
#include "stridec.h"

/* Why a file is not read. */
enum input_state {
    INPUT_READ,
    INPUT_FAILED,  /* errno has the reason */
    INPUT_OUTSIDE, /* of the root */
    INPUT_HIDDEN,  /* below .git */
    INPUT_SPECIAL, /* a folder, a pipe, a device, a file that the kernel makes up */
    INPUT_RENAMED, /* a link with a name like a model's, to a file with another */
    INPUT_LARGE,
    INPUT_NOT_TAKEN /* by the sink */
};

/* Hands a file to the sink, never more of it than a model may have. It lies inside of one of two
 * roots, each without links; NULL: there is none. */
enum input_state input_read(const char *path, const char *root, const char *other_root,
                            stridec_sink *take, void *taker);
/* The same into memory, for a file that the user has named; what is wrong is complained of. */
bool input_text(const char *path, const char *root, const char *other_root, struct text *text);

#endif
