/* The daemon runs in the loop of its caller, in one thread. It answers to two addresses: the page,
 * and a stream of events that tells when there is a newer one (cli/streams.c). Everything else is
 * refused before a body is read. A page of somebody else, which a browser on this machine has open,
 * may send requests here: it does not know the token, and its Host or Origin is another one, also
 * when its name leads to this machine. */
// SPDX-License-Identifier: MIT
#include "serving.h"

#include "random.h"
#include "report.h"
#include "streams.h"
#include "visitors.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

/* At once; a browser opens six for a page. */
#define MOST_CONNECTIONS 128u
/* Seconds after which one that says nothing is closed; streams of events stay. */
#define PATIENCE 10u
/* Bytes for the line and the headers of a request, of which browsers send about a thousand. */
#define HEADERS ((size_t)32 << 10)

struct server {
    struct httpd http;
    struct MHD_Daemon *daemon;
    struct address address;
    char url[sizeof((struct address *)0)->token + 64];
    struct MHD_Response *page; /* NULL: none yet */
    struct text content;       /* of it, as it was handed in */
    struct streams streams;
};

/* ---- answers ----------------------------------------------------------------------------- */

static const char *const headers[][2] = {
    {"Cache-Control", "no-store"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Content-Security-Policy", "frame-ancestors 'none'"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
};

static void add_headers(struct server *server, struct MHD_Response *response, const char *type) {
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        server->http.MHD_add_response_header(response, headers[i][0], headers[i][1]);
    server->http.MHD_add_response_header(response, "Content-Type", type);
}

/* The text is one that stays. */
static struct MHD_Response *constant(struct server *server, const char *text, const char *type) {
    struct MHD_Response *response = server->http.MHD_create_response_from_buffer(
        strlen(text), (void *)text, MHD_RESPMEM_PERSISTENT);
    if (response)
        add_headers(server, response, type);
    return response;
}

/* Takes the response. */
static enum MHD_Result send_once(struct server *server, struct MHD_Connection *connection,
                                 unsigned status, struct MHD_Response *response) {
    if (!response)
        return MHD_NO;
    enum MHD_Result sent = server->http.MHD_queue_response(connection, status, response);
    server->http.MHD_destroy_response(response);
    return sent;
}

static enum MHD_Result refuse(struct server *server, struct MHD_Connection *connection,
                              unsigned status, const char *why) {
    struct MHD_Response *response = constant(server, why, "text/plain; charset=utf-8");
    if (response && status == MHD_HTTP_METHOD_NOT_ALLOWED)
        server->http.MHD_add_response_header(response, "Allow", "GET");
    if (response)
        server->http.MHD_add_response_header(response, "Connection", "close");
    return send_once(server, connection, status, response);
}

static enum MHD_Result send_stream(struct server *server, struct MHD_Connection *connection) {
    struct MHD_Response *response = stream_response(&server->streams, connection);
    if (!response)
        return refuse(server, connection, MHD_HTTP_SERVICE_UNAVAILABLE,
                      "too many pages are open\n");
    add_headers(server, response, "text/event-stream");
    return send_once(server, connection, MHD_HTTP_OK, response);
}

static enum MHD_Result send_page(struct server *server, struct MHD_Connection *connection) {
    return server->http.MHD_queue_response(connection, MHD_HTTP_OK, server->page);
}

/* All is known when the headers are there. */
static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *body,
                              size_t *body_length, /* NOLINT(readability-non-const-parameter) */
                              void **of_request) {
    struct server *server = context;
    (void)version, (void)body, (void)body_length, (void)of_request;
    if (!is_visitor_of(&server->http, connection, &server->address))
        return refuse(server, connection, MHD_HTTP_FORBIDDEN,
                      "only the address that stridec watch has printed leads here\n");
    if (strcmp(method, MHD_HTTP_METHOD_GET) != 0)
        return refuse(server, connection, MHD_HTTP_METHOD_NOT_ALLOWED, "there is only GET\n");
    const char *name = name_below(&server->address, url);
    if (name && strcmp(name, "") == 0)
        return send_page(server, connection);
    if (name && strcmp(name, "events") == 0)
        return send_stream(server, connection);
    return refuse(server, connection, MHD_HTTP_NOT_FOUND, "there is nothing here\n");
}

/* ---- the page ---------------------------------------------------------------------------- */

/* What is served: the page with its number, by which its script knows whether there is a newer one.
 */
static bool number_page(const struct text *page, size_t number, struct text *numbered) {
    static const char end[] = "</head>";
    char meta[64];
    const char *head = strstr(page->at, end);
    size_t before = head ? (size_t)(head - page->at) : 0;
    snprintf(meta, sizeof meta, "<meta name=\"number\" content=\"%zu\"/>\n", number);
    return text_append(numbered, page->at, before) &&
           (!head || text_append(numbered, meta, strlen(meta))) &&
           text_append(numbered, page->at + before, page->length - before);
}

static struct MHD_Response *page_response(struct server *server, const struct text *page) {
    struct text numbered = {0};
    struct MHD_Response *response = NULL;
    if (number_page(page, server->streams.number, &numbered))
        response = server->http.MHD_create_response_from_buffer(numbered.length, numbered.at,
                                                                MHD_RESPMEM_MUST_FREE);
    if (response)
        add_headers(server, response, "text/html; charset=utf-8");
    else
        text_free(&numbered);
    return response;
}

/* One that is the same makes nobody load it again. */
static void replace_page(struct server *server, struct text *page) {
    if (page->length == 0 || (server->page && text_equals(page, &server->content)))
        return;
    server->streams.number++;
    struct MHD_Response *response = page_response(server, page);
    if (!response) {
        complain("no memory");
        return;
    }
    if (server->page)
        server->http.MHD_destroy_response(server->page);
    server->page = response;
    text_free(&server->content);
    server->content = *page;
    *page = (struct text){0};
}

const char *server_page(const struct server *server) {
    return server->content.at;
}

void server_show(struct server *server, struct text *page, const char *problems) {
    replace_page(server, page);
    text_free(page);
    streams_tell(&server->streams, problems);
}

/* ---- the daemon -------------------------------------------------------------------------- */

/* What libmicrohttpd has to say of requests is nothing for the terminal. */
static void say_nothing(void *context, const char *format, va_list arguments) {
    (void)context, (void)format, (void)arguments;
}

static bool start(struct server *server, unsigned port) {
    const struct sockaddr_in place = {.sin_family = AF_INET,
                                      .sin_port = htons((uint16_t)port),
                                      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    server->daemon = server->http.MHD_start_daemon(
        MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, (uint16_t)port, NULL, NULL, answer, server,
        MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL, MHD_OPTION_SOCK_ADDR, &place,
        MHD_OPTION_CONNECTION_LIMIT, MOST_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, PATIENCE,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEADERS, MHD_OPTION_END);
    if (!server->daemon) {
        complain("127.0.0.1:%u: %s", port, errno ? strerror(errno) : "cannot be listened at");
        return false;
    }
    server->address.port =
        server->http.MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    snprintf(server->url, sizeof server->url, "http://127.0.0.1:%u/%s/", server->address.port,
             server->address.token);
    return true;
}

struct server *server_open(unsigned port) {
    struct server *server = calloc(1, sizeof *server);
    errno = 0;
    if (server && httpd_load(&server->http) && random_digits(server->address.token, TOKEN_LENGTH) &&
        start(server, port)) {
        server->streams.http = &server->http;
        return server;
    }
    free(server);
    return NULL;
}

void server_close(struct server *server) {
    const struct waiting nothing = {.highest = 0};
    streams_end(&server->streams);
    server_run(server, &nothing);
    server->http.MHD_stop_daemon(server->daemon);
    if (server->page)
        server->http.MHD_destroy_response(server->page);
    text_free(&server->content);
    streams_forget(&server->streams);
    free(server);
}

const char *server_url(const struct server *server) {
    return server->url;
}

long server_expect(struct server *server, struct waiting *waiting) {
    MHD_UNSIGNED_LONG_LONG most;
    long rest = streams_rest(&server->streams);
    server->http.MHD_get_fdset2(server->daemon, &waiting->reading, &waiting->writing,
                                &waiting->failing, &waiting->highest, FD_SETSIZE);
    if (server->http.MHD_get_timeout(server->daemon, &most) == MHD_YES &&
        most < (unsigned long long)rest)
        rest = (long)most;
    return rest;
}

void server_run(struct server *server, const struct waiting *waiting) {
    streams_beat(&server->streams);
    server->http.MHD_run_from_select(server->daemon, &waiting->reading, &waiting->writing,
                                     &waiting->failing);
}
