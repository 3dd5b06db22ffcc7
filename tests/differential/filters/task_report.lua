-- Counts of what is done, as a table at the end.
local done, open = pandoc.List{}, pandoc.List{}
function Plain(p)
  local mark = p.content[1]
  if not mark or mark.t ~= 'Str' then return nil end
  if mark.text == '☐' then open:insert(pandoc.utils.stringify(p)) elseif mark.text == '☒' then done:insert(pandoc.utils.stringify(p)) end
end
function Pandoc(d)
  local rows = {}
  for i = 1, math.max(#done, #open) do rows[i] = {{pandoc.Plain(done[i] or '')}, {pandoc.Plain(open[i] or '-')}} end
  d.blocks:insert(pandoc.utils.from_simple_table(pandoc.SimpleTable({}, {'AlignLeft', 'AlignDefault'}, {0, 0}, {'Done ' .. #done, 'Open ' .. #open}, rows)))
  return d
end
