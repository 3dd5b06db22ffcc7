function Pandoc(d)
  local out = d.blocks:map(function(b) return pandoc.CodeBlock(pandoc.utils.stringify(b)) end)
  out:insert(pandoc.Plain(pandoc.utils.stringify(d)))
  for k, v in pairs(d.meta) do d.meta[k] = pandoc.utils.stringify(v) end
  d.blocks = out
  return d
end
