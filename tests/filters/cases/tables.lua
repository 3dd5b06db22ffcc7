function Table(t)
  t.caption.long = {pandoc.Plain 'cap'}
  t.colspecs[1] = {pandoc.AlignCenter, 0.5}
  t.bodies[1].body:insert(pandoc.Row {pandoc.Cell 'x', pandoc.Cell {pandoc.Para 'y'}})
  t.head.rows[1].cells[1].contents = {pandoc.Plain 'head'}
  t.attr = {'tid', {'tc'}}
  return t
end
