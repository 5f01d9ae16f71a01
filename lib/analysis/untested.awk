# A pack without comments, empty lines and the tests of its rules, which are half of it: what each compilation
# reads. It relies on house style, which the pack is in.
# SPDX-License-Identifier: MIT
/^  (hit|miss) / { test = 1 }
!test && !/^ *(#|$)/
/^  }/ || /^  (hit|miss) .*}$/ { test = 0 }
