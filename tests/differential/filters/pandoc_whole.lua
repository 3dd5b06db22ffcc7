function Pandoc(d)
  local out = pandoc.List{}
  for i = #d.blocks, 1, -1 do out:insert(d.blocks[i]) end
  local n = pandoc.Pandoc(out, {count = tostring(#out)})
  return n .. pandoc.Pandoc({pandoc.Para 'The end'}, {title = 'Reversed', more = {'a', 'b'}})
end
