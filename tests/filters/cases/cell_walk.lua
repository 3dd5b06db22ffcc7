function Table(t)
  for _, b in ipairs(t.bodies) do for _, r in ipairs(b.body) do for _, c in ipairs(r.cells) do
    c.contents = c.contents:walk {Str = function(s) return pandoc.Str('c' .. s.text) end}
    c.alignment = 'AlignCenter'
  end end end
  return t
end
