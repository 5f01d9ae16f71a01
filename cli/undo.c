/* Takes back what an answer has written. Files are written back as they are written; one that is
 * new is removed while it still holds what was put there. */
// SPDX-License-Identifier: MIT
#include "undo.h"

#include "files.h"
#include "paths.h"
#include "report.h"

#include <stdlib.h>
#include <unistd.h>

bool undo_keep(struct undo *undo, struct changes *changes) {
    *undo = (struct undo){.files = calloc(changes->count + 1, sizeof *undo->files)};
    if (!undo->files) {
        complain("no memory");
        return false;
    }
    for (size_t i = 0; i < changes->count; i++) {
        struct writing *from = &changes->files[i];
        undo->files[undo->count++] = (struct undo_file){
            .path = text_copy(from->target.path),
            .was_there = from->target.kind == TARGET_FILE,
            .before = from->target.before,
            .after = from->content,
        };
        from->target.before = from->content = (struct text){0};
    }
    return true;
}

static bool open_all(const struct undo *undo, const char *root, struct writing *writings) {
    bool fine = true;
    for (size_t i = 0; i < undo->count; i++) {
        const struct undo_file *file = &undo->files[i];
        writings[i].content = file->before;
        fine &= target_open(&writings[i].target, file->path, root);
        writings[i].target.is_source = true;
        if (fine && !target_holds(&writings[i].target, &file->after))
            fine = complain_of_change(file->path);
    }
    return fine;
}

bool undo_run(const struct undo *undo, const char *root) {
    struct writing *writings = calloc(undo->count + 1, sizeof *writings);
    struct writing *kept = calloc(undo->count + 1, sizeof *kept);
    size_t count = 0;
    bool fine = writings && kept && open_all(undo, root, writings);
    for (size_t i = 0; fine && i < undo->count; i++)
        if (undo->files[i].was_there)
            kept[count++] = writings[i];
    fine = fine && (!count || targets_write(kept, count));
    for (size_t i = 0; fine && i < undo->count; i++)
        if (!undo->files[i].was_there && unlink(writings[i].target.real) != 0)
            fine = complain_of(undo->files[i].path);
    for (size_t i = 0; writings && i < undo->count; i++)
        target_close(&writings[i].target);
    free(writings);
    free(kept);
    return fine;
}

void undo_free(struct undo *undo) {
    for (size_t i = 0; i < undo->count; i++) {
        free(undo->files[i].path);
        text_free(&undo->files[i].before);
        text_free(&undo->files[i].after);
    }
    free(undo->files);
    *undo = (struct undo){0};
}
