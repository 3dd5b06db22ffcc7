function CodeBlock(c)
  local rows = pandoc.List{}
  for line in (c.text .. '\n'):gmatch('(.-)\n') do
    rows:insert(pandoc.Row({pandoc.Cell(tostring(#rows + 1), 'AlignRight'), pandoc.Cell({pandoc.CodeBlock(line)}, pandoc.AlignLeft, 1, 2, {'c' .. #rows})}, {class = 'row'}))
  end
  return pandoc.Table(pandoc.Caption({pandoc.Plain 'Code'}, 'short'), {{'AlignRight', 0.125}, {'AlignLeft', nil}, {pandoc.AlignDefault}},
    pandoc.TableHead({pandoc.Row{pandoc.Cell 'No', pandoc.Cell 'Line', pandoc.Cell ''}}, {'head'}),
    {pandoc.TableBody(rows, {}, 1, {'body'}), {attr = {}, body = {}, head = rows, row_head_columns = 0}},
    pandoc.TableFoot{}, c.attr)
end
