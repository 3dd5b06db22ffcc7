function Div(d) return d:walk{Str = function(s) return pandoc.Str('div:' .. s.text) end, Div = function(x) x.classes:insert 'inner' return x end} end
function BlockQuote(q)
  local depth = 0
  return q:walk{BlockQuote = function(i) depth = depth + 1 i.content:insert(pandoc.Plain('q' .. depth)) return i end,
    Para = function(p) return pandoc.Para(p.content:walk{Inline = function(i) return i.t == 'Str' and pandoc.Str(i.text .. depth) or nil end}) end}
end
function BulletList(l) return pandoc.walk_block(l, {Plain = function(p) return pandoc.Para(p.content) end, Str = function(s) return s.text .. '*' end}) end
function Strong(s) return pandoc.walk_inline(s, {Str = function(x) return pandoc.Str(x.text:upper()) end, Strong = function() return {} end}) end
function Table(t) return t:walk{Plain = function(p) return pandoc.Para(p.content) end} end
