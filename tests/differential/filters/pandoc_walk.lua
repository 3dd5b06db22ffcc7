function Pandoc(d)
  local seen = {}
  d = d:walk{Meta = function(m) m.walked = true return m end, Str = function(s) seen[#seen + 1] = s.text return s.text:lower() end,
    Pandoc = function(p) p.blocks:insert(1, pandoc.Para(table.concat(seen, ' '))) return p end}
  return d
end
