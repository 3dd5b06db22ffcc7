function Table(t)
  for _, body in ipairs(t.bodies) do
    local made = pandoc.List{}
    for r, row in ipairs(body.body) do
      for c, cell in ipairs(row.cells) do
        made[c] = made[c] or pandoc.Row{}
        made[c].cells:insert(cell)
      end
    end
    body.body = made
  end
  t.colspecs = t.colspecs:map(function(s) return {s[1] == 'AlignDefault' and 'AlignLeft' or s[1], (s[2] or 0.5) / 2} end)
  t.head.attr = {'newhead'}
  return t
end
