local notes = pandoc.List{}
function Note(n)
  notes:insert(n.content)
  return pandoc.Superscript{pandoc.Link(tostring(#notes), '#n' .. #notes)}
end
function Pandoc(d)
  if #notes > 0 then d.blocks:extend{pandoc.Header(1, 'Notes'), pandoc.OrderedList(notes)} end
  return d
end
