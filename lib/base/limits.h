/* How much of a model is taken, and how much is said of it again, so that no output grows faster
 * than its model and its rows: what somebody wrote stands in full once, where it is declared, and
 * cut in every sentence, title and table that mentions it. doc/language.md lists them. */
// SPDX-License-Identifier: MIT
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define ID_LIMIT 200    /* characters of an id or an alias; more are an error */
#define LABEL_LIMIT 200 /* characters of what is mentioned or drawn, then an ellipsis */
#define LINK_LIMIT 2000 /* bytes of a link on the picture; a longer one leads nowhere */
#define STEPS_LIMIT 3   /* boundaries, facts, flows named in a sentence, then how many more */

/* What an output may have, for a model of so many bytes, with the files that it imports, and so many
 * rows and questions of rules. An asset named by two letters in a list is an id of two
 * hundred in a table; a flow through two times 32 boundaries names them all. */
#define OUTPUT_BASE ((size_t)1 << 20)
#define OUTPUT_PER_BYTE ((size_t)128)
#define OUTPUT_PER_ROW ((size_t)8 << 10)

#endif
