local lpeg = require 'lpeg'
local P, R, S, C, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Ct
local digit = R '09'
local date = C(digit * digit * digit * digit) * '-' * C(digit * digit) * '-' * C(digit * digit)
local rest = C((1 - date) ^ 0)
local pattern = Ct(rest * date * C(P(1) ^ 0))
local bold = Ct((lpeg.Cg(C((1 - S 'aeiou') ^ 1), nil) + C(S 'aeiou' ^ 1)) ^ 0)
function Str(s)
  local m = pattern:match(s.text)
  if m then return {pandoc.Str(m[1]), pandoc.Strong(m[4] .. '.' .. m[3] .. '.' .. m[2]), pandoc.Str(m[5])} end
  local parts = bold:match(s.text)
  if #parts > 2 then return pandoc.List(parts):map(function(p, i) return i % 2 == 0 and pandoc.Emph{pandoc.Str(p)} or pandoc.Str(p) end) end
end
