local re = require 're'
local grammar = re.compile([[
  s <- {| (num / word)* |}
  num <- {| {:n: [0-9]+ :} |}
  word <- {| {:w: [^0-9]+ :} |}
]])
function Str(s)
  local parts = grammar:match(s.text)
  if parts and #parts > 1 then
    return pandoc.List(parts):map(function(p) return p.n and pandoc.Superscript(p.n) or pandoc.Str(p.w) end)
  end
  return pandoc.Str(re.gsub(s.text, '[aeiou]+', string.upper))
end
