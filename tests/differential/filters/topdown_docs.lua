-- Pandoc and Meta come first in this order.
return {{traverse = 'topdown',
  Pandoc = function(d) d.blocks:insert(pandoc.Para{pandoc.Str 'added'}) d.meta.x = pandoc.Inlines 'from Pandoc' return d end,
  Meta = function(m) m.y = m.x m.z = {pandoc.Str 'zz'} return m end,
  Str = function(s) return pandoc.Str(s.text:reverse()) end}}
