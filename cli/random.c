/* Random numbers of the system, which nobody can guess. */
// SPDX-License-Identifier: MIT
#include "random.h"

#include "report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

bool random_digits(char *digits, size_t count) {
    for (size_t i = 0; i < count; i += 2) {
        unsigned char byte;
        if (getrandom(&byte, 1, 0) != 1) {
            complain("no random numbers: %s", strerror(errno));
            return false;
        }
        snprintf(digits + i, 3, "%02x", byte);
    }
    return true;
}
