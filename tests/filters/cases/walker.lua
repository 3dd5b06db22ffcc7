function Pandoc(doc)
  local words = 0
  doc:walk {Str = function(s) words = words + 1 end}
  local new = doc:walk {Str = function(s) return pandoc.Str(s.text:reverse()) end, Header = function(h) return pandoc.Para(h.content) end}
  new.meta.words = words
  return new
end
