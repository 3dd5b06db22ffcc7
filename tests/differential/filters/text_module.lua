local text = require 'text'
function Str(s)
  local t = s.text
  local n = pandoc.text.len(t)
  if n % 4 == 0 then return pandoc.Str(text.upper(t)) end
  if n % 4 == 1 then return pandoc.Str(pandoc.text.reverse(t)) end
  if n % 4 == 2 then return pandoc.Str(text.sub(t, 2, -1) .. text.lower(text.sub(t, 1, 1)) .. n) end
  local sub, sup = pandoc.text.subscript(t), pandoc.text.superscript(t)
  return pandoc.Str((sub or '-') .. (sup or '+'))
end
