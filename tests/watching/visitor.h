/* A run of `stridec watch`, and who visits it: an editor that saves, a browser that asks and
 * listens. Every wait asks again and again until what is awaited is there, and ends the test after
 * a minute. */
// SPDX-License-Identifier: MIT
#ifndef TESTS_WATCHING_VISITOR_H
#define TESTS_WATCHING_VISITOR_H

#include "support.h"

#include <sys/types.h>

#define PATIENCE 60 /* seconds */
/* A model with a process of this title. */
#define GOOD "external a \"A\"\nprocess p \"%s\"\nflow f = a -> p : \"buys\"\n"

/* One run of it, in a folder of its own. */
struct watch {
    char *folder;
    pid_t process;
    unsigned port;
    char token[64];
    struct text heard; /* of the stream of events */
    int stream;
};

/* Those that are started from now on cannot watch a folder. */
extern bool events_are_refused;
/* Starts it in the folder, which finish() removes, and waits for its address. */
struct watch watch_in(char *folder, const char *arguments);
/* Of a model m.dfd that is fine. */
struct watch watch_good(void);
/* By Ctrl-C; it has to end with 0. */
void finish(struct watch *watch);
void doze(void); /* for a moment */

/* Saves a file in place; the model; the model with a process of this title. */
void save_in(const char *folder, const char *name, const char *text);
void save(const struct watch *watch, const char *text);
void save_named(const struct watch *watch, const char *title);

int open_connection(const struct watch *watch);
/* The other end may have refused already. */
void send_text(int connection, const char *text, size_t length);
/* False at the end. */
bool take_some(int connection, struct text *text);
/* Each header line ends with CR and LF. Returns the connection. */
int send_request(const struct watch *watch, const char *method, const char *path,
                 const char *headers);
/* All of it; closes the connection. */
struct text answer_on(int connection);
int status_of(const struct text *answer);
/* The status of a request with these headers, in which %u is the port; own_host is the right one.
 */
int ask(const struct watch *watch, const char *method, const char *path, const char *headers);
extern const char own_host[];
/* "/TOKEN/NAME"; free it. */
char *path_to(const struct watch *watch, const char *name);
/* Whether the page that is served now holds a text. */
bool page_has(const struct watch *watch, const char *text);
/* Waits until it does: each save is told, but two may be told as one. */
void await_page(struct watch *watch, const char *text);

int open_stream(const struct watch *watch);
/* Waits until the stream has told this, and forgets it with what it told before. */
void hear(struct watch *watch, const char *text);

#endif
