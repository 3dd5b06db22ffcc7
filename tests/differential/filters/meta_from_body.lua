local words, first = 0, nil
function Str(s) if s.text:match '%w' then words = words + 1 end end
function Header(h) first = first or h.content end
function Pandoc(d)
  d.meta.words = tostring(words)
  d.meta.title = d.meta.title or first
  d.meta.outline = pandoc.List(d.blocks):filter(function(b) return b.t == 'Header' end):map(function(h) return h.content end)
  if #d.meta.outline == 0 then d.meta.outline = nil end
  return d
end
