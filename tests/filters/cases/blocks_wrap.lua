function Blocks(blocks)
  blocks:insert(pandoc.Para {'count: ', tostring(#blocks)})
  return blocks
end
