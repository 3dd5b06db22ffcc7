function BulletList(l) return pandoc.OrderedList(l.content, {2, 'UpperRoman', 'TwoParens'}) end
function OrderedList(l)
  l.start = l.start + 10
  l.style = pandoc.LowerAlpha
  l.delimiter = l.delimiter == 'Period' and 'OneParen' or 'Period'
  for i, item in ipairs(l.content) do item:insert(1, pandoc.Plain{pandoc.Str(tostring(i))}) end
  l.content:insert{pandoc.Para 'last'}
  return l
end
function DefinitionList(d)
  for _, item in ipairs(d.content) do
    item[1]:insert(pandoc.Str ':')
    table.insert(item[2], {pandoc.Plain 'one more'})
  end
  return d
end
