/* Streams of events (https://html.spec.whatwg.org/multipage/server-sent-events.html): each page
 * that is open hears of what is newer. */
// SPDX-License-Identifier: MIT
#ifndef CLI_STREAMS_H
#define CLI_STREAMS_H

#include "httpd.h"
#include "text.h"

#include <stddef.h>

struct stream;

struct streams {
    const struct httpd *http;
    struct stream *first;
    size_t count;
    size_t number;        /* of the page that is served; 0: there is none */
    struct text problems; /* with what is newer than that */
    size_t state;         /* goes up when either is another */
    long beat;            /* when each was written to, in milliseconds */
    bool ended;
};

/* One more; NULL when there are too many, or no memory. */
struct MHD_Response *stream_response(struct streams *streams, struct MHD_Connection *connection);
/* All pages hear the number and these problems. */
void streams_tell(struct streams *streams, const char *problems);
/* A page that is gone is noticed when something is written to it: from time to time something is.
 */
long streams_rest(const struct streams *streams);
void streams_beat(struct streams *streams);
void streams_end(struct streams *streams);
void streams_forget(struct streams *streams);

#endif
