-- The special function wins over the general one.
function Inline(i) if i.t ~= 'Space' and i.t ~= 'SoftBreak' then return pandoc.Span({i}, {class = i.t}) end end
function Str(s) return nil end
function Block(b) return pandoc.Div({b}, {class = b.tag}) end
function Para(p) return pandoc.Plain(p.content) end
