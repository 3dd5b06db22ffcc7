function BulletList(l)
  local rows = {}
  for i, item in ipairs(l.content) do rows[i] = {pandoc.Blocks(tostring(i)), item} end
  return pandoc.utils.from_simple_table(pandoc.SimpleTable('List', {'AlignRight', 'AlignLeft'}, {0, 0.7}, {{}, {pandoc.Plain 'Item'}}, rows))
end
