local List = require 'pandoc.List'
function Inlines(is)
  local words = is:filter(function(i) return i.t == 'Str' end)
  if #words < 2 then return nil end
  local sorted = words:clone()
  sorted:sort(function(a, b) return a.text < b.text end)
  local found, at = words:find(pandoc.Str(sorted[1].text))
  local _, space = is:find_if(function(i) return i.t == 'Space' end)
  local out = List{found, pandoc.Str(tostring(at)), pandoc.Str(tostring(space)), words:at(-1), words:at(99, pandoc.Str '?')}
  out:extend(sorted:map(function(s, i) return pandoc.Str(i .. s.text) end))
  out:insert(2, pandoc.Space())
  local gone = out:remove(3)
  if is:includes(pandoc.Space()) then out = out .. {pandoc.Str 'spaced', gone} end
  for w in words:iter(2) do out:insert(w) end
  return out
end
