// Links: URLs and addresses of mail that stand in a text without any marks.
// Source: commonmark-extensions, Commonmark.Extensions.Autolink, which widens GFM 6.9.
#ifndef OD_DOCUMENT_LINKS_H
#define OD_DOCUMENT_LINKS_H

#include "base/slice.h"

// Whether a link may start at `at`: no letter, digit or underscore of a word stands before it.
bool od_link_may_start(od_slice text, size_t at);

// Whether the word at `at` is `www`.
bool od_link_starts_www(od_slice text, size_t at);

// Returns where the word before the `:` at `at` starts when it is a scheme, else SIZE_MAX.
size_t od_link_scheme_start(od_slice text, size_t at);

// Returns the end of the host name at `at`, or SIZE_MAX. `*stop` is how far it was looked at: when
// there is none, no host name starts before that either.
size_t od_link_host_end(od_slice text, size_t at, size_t *stop);

// Returns the end of a URL whose host name ends at `at`.
size_t od_link_path_end(od_slice text, size_t at);

// Finds the next address of mail at or after `from`; false when there is none.
bool od_link_find_mail(od_slice text, size_t from, size_t *start, size_t *end);

#endif
