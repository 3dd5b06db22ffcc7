// Configuration: `.orgdraft.yaml`, which says what profile each file of a repository has.
//
//     profile: minutes-zh            of files that no glob below matches
//     files:                         glob and profile; the first that matches wins
//       "reports/**/*.md": meeting-report
//       "{adr,decisions}/": adr      a folder: everything in it
//       "*.txt": profiles/weekly.yaml
//     ignore: [drafts/old/, "*.bak.md"]
//
// Globs are those of base/glob.h; paths of profiles go from the folder of the configuration.
#ifndef OD_PROFILE_CONFIG_H
#define OD_PROFILE_CONFIG_H

#include "data/value.h"

// Reads the configuration in `bytes`, which are borrowed as long as `arena` lives; see
// od_config_read. `order` numbers its source among those of the session.
od_status od_config_load(od_arena *arena, od_diagnostics *failures, const char *path,
                         od_slice bytes, size_t order, od_config **config);

#endif
