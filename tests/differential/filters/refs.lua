function Pandoc(d)
  local out = pandoc.Blocks{}
  for _, r in ipairs(pandoc.utils.references(d)) do
    local keys = {}
    for k, v in pairs(r) do keys[#keys + 1] = k .. ':' .. pandoc.utils.type(v) .. '=' .. pandoc.utils.stringify(v) end
    table.sort(keys)
    out:insert(pandoc.CodeBlock(table.concat(keys, '\n')))
  end
  d.blocks:extend(out)
  return d
end
