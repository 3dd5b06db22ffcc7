// Whether the address sanitizer is at work, which wants to see every block, and maps more than any
// limit lets it.
#ifndef OD_BASE_SANITIZED_H
#define OD_BASE_SANITIZED_H

#if defined(__SANITIZE_ADDRESS__)
#define OD_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OD_SANITIZED 1
#endif
#endif

#endif
