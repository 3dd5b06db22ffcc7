#include "cli/record.h"

#include "report/positions.h"

// ---- to bytes ----------------------------------------------------------------------------------

// Both ends are one program, so numbers are as it has them.
static void put_number(od_buf *out, size_t number) {
    od_buf_add(out, (od_slice){(const char *)&number, sizeof number});
}

static void put_text(od_buf *out, od_slice text) {
    put_number(out, text.size);
    od_buf_add(out, text);
}

static void put_position(od_buf *out, od_position at) {
    put_number(out, at.line);
    put_number(out, at.column);
    put_number(out, at.offset);
}

static void put_value(od_buf *out, const od_extracted *field, const od_positions *positions,
                      const od_source *source) {
    put_number(out, field->state);
    put_number(out, field->change);
    put_number(out, field->has_given);
    put_text(out, field->value);
    put_text(out, field->given);
    put_number(out, field->item_count);
    for (size_t i = 0; i < field->item_count; i++) put_text(out, field->items[i]);
    put_number(out, field->place_count);
    for (size_t i = 0; i < field->place_count; i++) {
        const od_extract_place *const place = &field->places[i];
        put_position(out, od_positions_at(positions, source, place->span.start));
        put_position(out, od_positions_at(positions, source, place->span.end));
        put_text(out, place->value);
    }
}

static void locate(od_positions *positions, const od_extraction *extraction,
                   const od_source *source) {
    for (size_t i = 0; i < extraction->count; i++)
        for (size_t j = 0; j < extraction->items[i].place_count; j++) {
            od_positions_add(positions, source, extraction->items[i].places[j].span.start);
            od_positions_add(positions, source, extraction->items[i].places[j].span.end);
        }
    od_positions_locate(positions, OD_CODE_POINTS);
}

void od_record_pack(od_buf *out, const od_draft *draft, const od_extraction *extraction,
                    bool with_places) {
    const od_source *const source = od_document_source(draft->document);
    od_arena arena = {0};
    od_positions positions = {.arena = &arena};
    if (with_places) locate(&positions, extraction, source);
    put_text(out, od_slice_of(draft->profile_name)); // empty: the default
    for (size_t i = 0; i < extraction->count; i++)
        put_value(out, &extraction->items[i], &positions, source);
    od_arena_free(&arena);
}

// ---- from bytes --------------------------------------------------------------------------------

typedef struct reader {
    od_arena *arena;
    od_slice rest;
} reader;

static size_t take_number(reader *r) {
    size_t number;
    memcpy(&number, r->rest.data, sizeof number);
    r->rest = od_slice_from(r->rest, sizeof number);
    return number;
}

static od_slice take_text(reader *r) {
    const size_t size = take_number(r);
    const od_slice text = od_slice_cut(r->rest, 0, size);
    r->rest = od_slice_from(r->rest, size);
    return size ? od_arena_copy(r->arena, text) : (od_slice){0};
}

static od_position take_position(reader *r) {
    od_position at;
    at.line = take_number(r);
    at.column = take_number(r);
    at.offset = take_number(r);
    return at;
}

static void take_value(reader *r, od_record_value *value) {
    value->state = (od_extract_state)take_number(r);
    value->change = (od_extract_change)take_number(r);
    value->has_given = take_number(r) != 0;
    value->value = take_text(r);
    value->given = take_text(r);
    value->item_count = take_number(r);
    od_slice *const items = od_arena_array(r->arena, od_slice, value->item_count);
    for (size_t i = 0; i < value->item_count; i++) items[i] = take_text(r);
    value->items = items;
    value->place_count = take_number(r);
    od_record_place *const places = od_arena_array(r->arena, od_record_place, value->place_count);
    for (size_t i = 0; i < value->place_count; i++) {
        places[i].start = take_position(r);
        places[i].end = take_position(r);
        places[i].value = take_text(r);
    }
    value->places = places;
}

bool od_record_unpack(od_cli *cli, const char *path, od_slice bytes, od_record *record) {
    reader r = {&cli->arena, bytes};
    const od_slice name = take_text(&r);
    od_profile *profile;
    if (od_profile_for(cli->session, NULL, name.size ? name.data : NULL, &profile) != OD_OK) {
        od_cli_fail_session(cli);
        return false;
    }
    od_record_value *const values =
        od_arena_array(&cli->arena, od_record_value, profile->field_count);
    for (size_t i = 0; i < profile->field_count; i++) take_value(&r, &values[i]);
    *record = (od_record){od_slice_of(path), profile, values};
    return true;
}
