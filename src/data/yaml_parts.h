// What the two readers of YAML share: libyaml's events (yaml.c), and the lines of simple files.
#ifndef OD_DATA_YAML_PARTS_H
#define OD_DATA_YAML_PARTS_H

#include "data/builder.h"

// Sets what a scalar is (null, true or false, a number) by its text.
void od_yaml_classify(od_value *value);

// Reads YAML as nearly all files have it: mappings and lists by indentation, texts on one line, plain or
// in quotes without escapes, `[…]` and `{…}`, comments. What it reads is what libyaml reads, at the same
// places, at a small part of the cost.
//
// `range` was passed by od_builder_check_bytes. Returns false for all else, right or wrong, which is
// libyaml's to read and to explain; what the builder and its failures hold then counts for nothing.
bool od_yaml_read_simple(od_builder *builder, od_span range);

#endif
