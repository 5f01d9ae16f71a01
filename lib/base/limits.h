/* Limits on what is read from a model and on what is repeated of it, so that no output grows faster
 * than its model and its rows. A text of the user stands in full once, where it is declared; every
 * sentence, title and table that mentions it has it cut. doc/language.md lists them. */
// SPDX-License-Identifier: MIT
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define ID_LIMIT 200    /* characters of an id or an alias; more are an error */
#define LABEL_LIMIT 200 /* characters of what is mentioned or drawn, then an ellipsis */
#define LINK_LIMIT 2000 /* bytes of a link on the picture; a longer one leads nowhere */
#define STEPS_LIMIT 3   /* boundaries, facts, flows named in a sentence, then how many more */
#define SEE_LIMIT 100   /* rows that a folded one names as data; in sentences fewer */

/* The largest output: a base, and an amount for each byte of the model with the files that it
 * imports, and for each row and question of a rule. An asset named by two letters in a list is an
 * id of two hundred in a table; a flow through two times 32 boundaries names them all. */
#define OUTPUT_BASE ((size_t)1 << 20)
#define OUTPUT_PER_BYTE ((size_t)128)
#define OUTPUT_PER_ROW ((size_t)8 << 10)

#endif
