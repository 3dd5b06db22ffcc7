#include "cli/record.h"

#include "base/pack.h"
#include "report/positions.h"

// ---- to bytes ----------------------------------------------------------------------------------

static void put_position(od_buf *out, od_position at) {
    od_pack_number(out, at.line);
    od_pack_number(out, at.column);
    od_pack_number(out, at.offset);
}

static void put_value(od_buf *out, const od_extracted *field, const od_positions *positions,
                      const od_source *source, bool with_places) {
    const size_t place_count =
        with_places || field->state == OD_EXTRACT_CONFLICT ? field->place_count : 0;
    od_pack_number(out, field->state);
    od_pack_number(out, field->change);
    od_pack_number(out, field->has_given);
    od_pack_text(out, field->value);
    od_pack_text(out, field->given);
    od_pack_number(out, field->item_count);
    for (size_t i = 0; i < field->item_count; i++) od_pack_text(out, field->items[i]);
    od_pack_number(out, place_count);
    for (size_t i = 0; i < place_count; i++) {
        const od_extract_place *const place = &field->places[i];
        put_position(out, od_positions_at(positions, source, place->span.start));
        put_position(out, od_positions_at(positions, source, place->span.end));
        od_pack_text(out, place->value);
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
    od_pack_text(out, od_slice_of(draft->profile_name)); // empty: the default
    for (size_t i = 0; i < extraction->count; i++)
        put_value(out, &extraction->items[i], &positions, source, with_places);
    od_arena_free(&arena);
}

// ---- from bytes --------------------------------------------------------------------------------

typedef struct reader {
    od_arena *arena;
    od_unpacker message;
} reader;

// A text that outlives the message.
static od_slice take_text(reader *r) {
    const od_slice text = od_unpack_text(&r->message);
    return text.size ? od_arena_copy(r->arena, text) : (od_slice){0};
}

// How many things follow, each of which takes a number at least.
static size_t take_count(reader *r) {
    const size_t count = od_unpack_number(&r->message);
    if (count <= r->message.rest.size / sizeof(uint64_t)) return count;
    r->message.wrong = true;
    return 0;
}

static od_position take_position(reader *r) {
    od_position at;
    at.line = od_unpack_number(&r->message);
    at.column = od_unpack_number(&r->message);
    at.offset = od_unpack_number(&r->message);
    return at;
}

static void take_value(reader *r, od_record_value *value) {
    value->state = (od_extract_state)od_unpack_number(&r->message);
    value->change = (od_extract_change)od_unpack_number(&r->message);
    value->has_given = od_unpack_number(&r->message) != 0;
    value->value = take_text(r);
    value->given = take_text(r);
    value->item_count = take_count(r);
    od_slice *const items = od_arena_array(r->arena, od_slice, value->item_count);
    for (size_t i = 0; i < value->item_count; i++) items[i] = take_text(r);
    value->items = items;
    value->place_count = take_count(r);
    od_record_place *const places = od_arena_array(r->arena, od_record_place, value->place_count);
    for (size_t i = 0; i < value->place_count; i++) {
        places[i].start = take_position(r);
        places[i].end = take_position(r);
        places[i].value = take_text(r);
    }
    value->places = places;
}

bool od_record_unpack(od_cli *cli, const char *path, od_slice bytes, od_record *record) {
    reader r = {&cli->arena, {.rest = bytes}};
    const od_slice name = take_text(&r);
    od_profile *profile;
    if (od_profile_for(cli->session, NULL, name.size ? name.data : NULL, &profile) != OD_OK) {
        od_cli_fail_session(cli);
        return false;
    }
    od_record_value *const values =
        od_arena_array(&cli->arena, od_record_value, profile->field_count);
    for (size_t i = 0; i < profile->field_count; i++) take_value(&r, &values[i]);
    if (r.message.wrong) {
        od_cli_fail(cli, path,
                    od_say(&cli->log, OD_SAY("its values came back cut short; please report this",
                                             "取回的值不完整，请报告这个问题")));
        return false;
    }
    *record = (od_record){od_slice_of(path), profile, values};
    return true;
}
