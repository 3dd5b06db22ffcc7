function Pandoc(d)
  local out = pandoc.Blocks{}
  for _, b in ipairs(d.blocks) do out:insert(pandoc.CodeBlock(tostring(b))) out:insert(pandoc.CodeBlock(b:show())) end
  out:insert(pandoc.CodeBlock(tostring(pandoc.Pandoc(d.blocks, d.meta))))
  return pandoc.Pandoc(out)
end
