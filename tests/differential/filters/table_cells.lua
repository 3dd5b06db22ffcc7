function Table(t)
  t.caption.short = nil
  t.caption.long = t.caption.long .. {pandoc.Plain{pandoc.Str('cols=' .. #t.colspecs)}}
  local function each(rows)
    for _, row in ipairs(rows) do
      row.classes:insert 'seen'
      for i, cell in ipairs(row.cells) do
        cell.attributes.n = tostring(i)
        cell.alignment = pandoc.AlignCenter
        cell.contents:insert(pandoc.Plain{cell.row_span .. 'x' .. cell.col_span})
      end
    end
  end
  each(t.head.rows)
  for _, b in ipairs(t.bodies) do each(b.head) each(b.body) b.row_head_columns = b.row_head_columns + 1 end
  each(t.foot.rows)
  return t
end
