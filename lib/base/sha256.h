/* SHA-256, by which a browser knows the script and the style that it may run. */
// SPDX-License-Identifier: MIT
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include "base/writer.h"

#define SHA256_BYTES 32

/* FIPS 180-4, section 6.2. */
void sha256(struct slice text, unsigned char digest[SHA256_BYTES]);
/* The digest as a policy names it: 'sha256-' and base64 (RFC 4648, section 4), without the quotes.
 */
void write_sha256_source(struct writer *writer, struct slice text);

#endif
