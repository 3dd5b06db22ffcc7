-- One element in many places; changes afterwards.
local star = pandoc.Str '*'
local row = pandoc.Row{pandoc.Cell{pandoc.Plain{star}}}
function Para(p)
  local e = pandoc.Emph{star, star}
  local q = pandoc.Para{e, e, pandoc.Strong(p.content)}
  star.text = star.text .. '*'
  if #star.text > 5 then star.text = '*' end
  e.content:insert(star)
  return {q, pandoc.Plain{e}}
end
function Table(t) t.foot.rows:insert(row) t.bodies[1] = t.bodies[1] row.cells:insert(pandoc.Cell 'more') return t end
