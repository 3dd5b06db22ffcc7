function Table(t)
  local ok, simple = pcall(pandoc.utils.to_simple_table, t)
  if not ok then return pandoc.Para 'not simple' end
  simple.caption = {pandoc.Str 'now', pandoc.Space(), pandoc.Str(tostring(#simple.rows))}
  for i, a in ipairs(simple.aligns) do simple.aligns[i] = a == 'AlignDefault' and 'AlignCenter' or a end
  for i in ipairs(simple.widths) do simple.widths[i] = 1 / (i + 1) end
  simple.rows:insert(simple.headers)
  return pandoc.utils.from_simple_table(simple)
end
