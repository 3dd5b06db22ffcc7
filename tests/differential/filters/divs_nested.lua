local depth = 0
local function wrap(el) depth = depth + 1 return pandoc.Div({el}, pandoc.Attr('', {'level' .. depth % 7})) end
Header, CodeBlock, BlockQuote, Table, BulletList = wrap, wrap, wrap, wrap, wrap
function Div(d)
  if #d.content == 1 and d.content[1].t == 'Div' then
    local inner = d.content[1]
    inner.classes:extend(d.classes)
    return inner
  end
end
