/* The plug-ins of Graphviz that take part, and no others: nothing is looked up on the machine. */
// SPDX-License-Identifier: MIT
#ifndef STRIDEC_LAYOUT_PLUGINS_H
#define STRIDEC_LAYOUT_PLUGINS_H

#include <graphviz/gvc.h>

GVC_t *open_graphviz(void);

#endif
