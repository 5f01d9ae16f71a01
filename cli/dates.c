/* Reads days, and knows today: that of the clock, or of SOURCE_DATE_EPOCH where a build is to be
 * the same again (reproducible-builds.org). */
// SPDX-License-Identifier: MIT
#define _DEFAULT_SOURCE /* timegm */
#include "dates.h"

#include "report.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY (24L * 60 * 60)

static struct date date_at(time_t time) {
    struct date date = {""};
    struct tm day;
    if (!gmtime_r(&time, &day) || strftime(date.text, sizeof date.text, "%Y-%m-%d", &day) == 0)
        date.text[0] = 0;
    return date;
}

static time_t time_of(const char *text) {
    struct tm day = {0};
    day.tm_year = (int)strtol(text, NULL, 10) - 1900;
    day.tm_mon = (int)strtol(text + 5, NULL, 10) - 1;
    day.tm_mday = (int)strtol(text + 8, NULL, 10);
    return timegm(&day);
}

bool date_read(const char *text, struct date *date) {
    static const char form[] = "dddd-dd-dd";
    if (strlen(text) != DATE_LENGTH)
        return false;
    for (size_t i = 0; i < DATE_LENGTH; i++)
        if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
            return false;
    *date = date_at(time_of(text));
    return strcmp(date->text, text) == 0; /* there is no 30 February */
}

static bool take_epoch(const char *epoch, struct date *today) {
    char *end;
    long long seconds = strtoll(epoch, &end, 10);
    *today = date_at((time_t)seconds);
    if (*end || seconds < 0 || !*today->text) {
        complain("SOURCE_DATE_EPOCH is a number of seconds, not '%s'", epoch);
        return false;
    }
    return true;
}

bool date_of_today(const char *named, struct date *today) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (named) {
        if (date_read(named, today))
            return true;
        complain("--today takes a date such as 2027-01-31, not '%s'", named);
        return false;
    }
    if (epoch && *epoch)
        return take_epoch(epoch, today);
    *today = date_at(time(NULL));
    return true;
}

struct date date_after(struct date date, long days) {
    return date_at(time_of(date.text) + days * DAY);
}
