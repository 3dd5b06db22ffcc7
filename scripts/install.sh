#!/bin/sh
# Installs the program, the library and their pages below $PREFIX (which has DESTDIR in front), or
# removes what it installed: `install.sh remove`. $FINAL is the prefix without DESTDIR.
set -eu
data=$PREFIX/share

FILES="bin/orgdraft bin/orgdraft-filter include/orgdraft.h lib/liborgdraft.a lib/$SONAME lib/liborgdraft.so
lib/pkgconfig/orgdraft.pc share/man/man1/orgdraft.1
share/bash-completion/completions/orgdraft share/zsh/site-functions/_orgdraft
share/fish/vendor_completions.d/orgdraft.fish"

if [ "${1:-}" = remove ]; then
    for file in $FILES; do rm -f "$PREFIX/$file"; done
    exit 0
fi

install -d "$PREFIX/bin" "$PREFIX/include" "$PREFIX/lib/pkgconfig" "$data/man/man1" \
    "$data/bash-completion/completions" "$data/zsh/site-functions" "$data/fish/vendor_completions.d"
install -m 755 "$BUILD/orgdraft" "$PREFIX/bin/orgdraft"
ln -sf orgdraft "$PREFIX/bin/orgdraft-filter" # pandoc -F orgdraft-filter
install -m 644 include/orgdraft.h "$PREFIX/include/orgdraft.h"
install -m 644 "$BUILD/liborgdraft.a" "$PREFIX/lib/liborgdraft.a"
install -m 644 "$BUILD/$SONAME" "$PREFIX/lib/$SONAME"
ln -sf "$SONAME" "$PREFIX/lib/liborgdraft.so"
# For static linking the libraries below ours are needed too: pkg-config --static --libs orgdraft.
# They are named by their archives, since yajl's has another name than its shared library.
cat >"$PREFIX/lib/pkgconfig/orgdraft.pc" <<END
prefix=$FINAL
includedir=\${prefix}/include
libdir=\${prefix}/lib

Name: orgdraft
Description: Checks drafts of a fixed shape, lists their blanks, and fills them
Version: $VERSION
Cflags: -I\${includedir}
Libs: -L\${libdir} -lorgdraft
Libs.private: $ARCHIVES -lm
END
"$BUILD/orgdraft" --man >"$data/man/man1/orgdraft.1"
"$BUILD/orgdraft" --completions bash >"$data/bash-completion/completions/orgdraft"
"$BUILD/orgdraft" --completions zsh >"$data/zsh/site-functions/_orgdraft"
"$BUILD/orgdraft" --completions fish >"$data/fish/vendor_completions.d/orgdraft.fish"
