/* Notices that files change, appear or go. */
// SPDX-License-Identifier: MIT
#ifndef CLI_WATCHING_H
#define CLI_WATCHING_H

#include <stdbool.h>
#include <stddef.h>

struct watching;

struct watching *watching_open(void);
void watching_close(struct watching *watching);

/* Which files a round of work depends on, between begin and end: those that are there and those
 * that might come, by any path, and folders. Begin with it before the work reads them, so that what
 * is saved meanwhile is noticed. */
void watching_begin(struct watching *watching);
void watching_add(struct watching *watching, const char *path);
void watching_end(struct watching *watching);

/* Can be read when something may have happened; -1: there is no such thing here. */
int watching_descriptor(const struct watching *watching);
/* Milliseconds after which to ask watching_changed() at the latest. */
long watching_rest(const struct watching *watching);
/* Whether one of the files is another than when the round began, and nobody is in the middle of a
 * save. */
bool watching_changed(struct watching *watching);

#endif
