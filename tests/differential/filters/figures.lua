function Figure(f)
  local img = f.content[1]
  f.caption.long:insert(pandoc.Plain 'extra')
  f.caption.short = 'Short'
  f.identifier = 'fig-' .. f.identifier
  return pandoc.Div({f, pandoc.Plain(pandoc.utils.blocks_to_inlines(f.caption.long))}, {class = 'figure'})
end
function Image(i)
  if i.title == '' then i.title = pandoc.utils.stringify(i.caption) end
  i.caption = pandoc.Inlines(i.src)
  i.attributes.loading = 'lazy'
  return i
end
function Para(p) if #p.content == 1 and p.content[1].t == 'Image' then return pandoc.Figure(pandoc.Plain(p.content), {long = p.content[1].caption}) end end
