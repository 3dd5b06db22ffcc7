// The configuration file behind the public header.
#include "engine/session.h"
#include "profile/config.h"

od_status od_config_read(od_session *session, const char *path, od_slice bytes,
                         od_config **config) {
    return od_config_load(&session->arena, &session->failures, path, bytes,
                          session->source_count++, config);
}
