function BulletList(l)
  local t = {}
  for _, item in ipairs(l.content) do t[#t + 1] = {pandoc.Inlines 'term', {item, pandoc.Blocks 'more'}} end
  return pandoc.DefinitionList(t)
end
function OrderedList(l) return pandoc.LineBlock {{pandoc.Str 'a'}, 'b c'} end
