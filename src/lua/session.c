// The public way into a session: the engine's, with Lua behind the expressions of profiles.
#include "engine/session.h"
#include "lua/expression.h"

od_session *od_session_new(const od_options *options) {
    const od_evaluator evaluator = od_expressions_evaluator(
        options->language, (od_date){options->today.year, options->today.month, options->today.day});
    return od_session_create(options, &evaluator);
}
