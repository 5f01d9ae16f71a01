/* Days as the language writes them, 2027-01-31: their order is that of the text. */
// SPDX-License-Identifier: MIT
#ifndef CLI_DATES_H
#define CLI_DATES_H

#include <stdbool.h>

#define DATE_LENGTH 10
struct date {
    char text[DATE_LENGTH + 1]; /* "" is no day */
};

/* False when the text is no day that there is. */
bool date_read(const char *text, struct date *date);
/* The day that --today names; NULL: that of $SOURCE_DATE_EPOCH, else of the clock, in UTC. False,
 * and complained of, when that is no day. */
bool date_of_today(const char *named, struct date *today);
/* The day that is `days` later. */
struct date date_after(struct date date, long days);

#endif
