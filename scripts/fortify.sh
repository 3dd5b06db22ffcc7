#!/bin/sh
# Prints the highest _FORTIFY_SOURCE that the compiler given as arguments and its libc support.
# An older libc warns about 3, which our -Werror would make an error of every file.
if echo '#include <features.h>' | "$@" -O2 -Werror -D_FORTIFY_SOURCE=3 -E - >/dev/null 2>&1; then
    echo 3
else
    echo 2
fi
