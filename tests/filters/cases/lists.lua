function BulletList(l)
  return pandoc.OrderedList(l.content:map(function(item) item:insert(pandoc.Plain '!') return item end), {3, 'LowerAlpha', 'OneParen'})
end
function OrderedList(l) l.start = 7 l.style = 'UpperRoman' return l end
