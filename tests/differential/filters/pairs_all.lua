-- What a loop over an element finds.
function Pandoc(d)
  local out = {}
  local function look(el)
    local keys = {}
    for k, v in pairs(el) do keys[#keys + 1] = tostring(k) .. ':' .. pandoc.utils.type(v) end
    table.sort(keys)
    out[#out + 1] = el.t .. ' ' .. table.concat(keys, ' ')
  end
  d:walk{Inline = look, Block = look}
  return pandoc.Pandoc{pandoc.CodeBlock(table.concat(out, '\n'))}
end
