function Table(t)
  local s = pandoc.utils.to_simple_table(t)
  s.caption = pandoc.Inlines 'simple'
  for _, r in ipairs(s.rows) do r[1] = pandoc.Blocks {pandoc.Plain 'r'} end
  return pandoc.utils.from_simple_table(s)
end
