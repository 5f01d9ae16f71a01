/* Threats with what is done about them: likelihood and impact, priority, state. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_THREATS_H
#define ANALYSIS_THREATS_H

#include "analysis/decisions.h"
#include "analysis/naming.h"

/* Reads the threat's own attributes; its targets are known. */
void read_threat(struct arena *arena, const struct bands *bands, const struct naming *naming,
                 struct threat *threat);
/* Sets the state, after mitigations and risks have been hung on it. */
void settle_threat(struct threat *threat);
/* Whether all that is needed has been done about it, or it is accepted, whatever has become of what
 * it names. */
bool is_treated(const struct threat *threat);
/* Whether something is left to be done about it: it is neither settled, asleep nor an orphan. */
bool threat_is_unfinished(const struct threat *threat);
/* Whether an attribute of the declaration is stated; with this word. */
bool attribute_is_stated(const struct decl *decl, enum attribute_id id);
bool attribute_says(const struct decl *decl, enum attribute_id id, const char *word);
/* Whether nothing more is to be done for a mitigation. */
bool mitigation_has_ended(const struct decl *mitigation);

#endif
