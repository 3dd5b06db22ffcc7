-- The same orders when an element is walked, both ways.
local names = {'Inlines', 'Blocks', 'Str', 'Space', 'Emph', 'Note', 'Inline', 'Block', 'Para', 'Div', 'Link', 'Plain'}
local function filter(log, traverse)
  local f = {traverse = traverse}
  for _, n in ipairs(names) do f[n] = function(x) log[#log + 1] = n .. (x.t and ':' .. x.t or #x) end end
  return f
end
function Pandoc(d)
  local a, b = {}, {}
  for _, block in ipairs(d.blocks) do
    block:walk(filter(a))
    block:walk(filter(b, 'topdown'))
  end
  return pandoc.Pandoc{pandoc.CodeBlock(table.concat(a, '\n')), pandoc.CodeBlock(table.concat(b, '\n'))}
end
