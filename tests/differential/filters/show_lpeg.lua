local lpeg = require 'lpeg'
local P, R, S, V, C, Cc, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.V, lpeg.C, lpeg.Cc, lpeg.Ct
local digit = R '09'
local token = P{'list',
  list = Ct(V 'item' ^ 0),
  item = V 'date' + V 'number' + V 'blank' + V 'rest',
  date = Cc 'date' * C(digit ^ 4 * '-' * digit * digit * '-' * digit * digit),
  number = Cc 'number' * C(digit ^ 1 * (P '.' * digit ^ 1) ^ -1),
  blank = Cc 'blank' * P '{{' * C((1 - P '}}') ^ 1) * P '}}',
  rest = Cc 'rest' * C((1 - (V 'date' + V 'number' + V 'blank')) ^ 1),
}
local make = {
  date = function(t) return pandoc.Span(t, {class = 'date'}) end,
  number = function(t) return pandoc.Strong{pandoc.Str(tostring(tonumber(t) * 2))} end,
  blank = function(t) return pandoc.Underline{pandoc.Str(t)} end,
  rest = function(t) return pandoc.Str(t) end,
}
function Str(s)
  local found = token:match(s.text)
  if #found <= 2 and found[1] == 'rest' then return nil end
  local out = pandoc.Inlines{}
  for i = 1, #found, 2 do out:insert(make[found[i]](found[i + 1])) end
  return out
end
