function CodeBlock(el)
  return pandoc.Div({el, pandoc.Para {pandoc.Str 'lang: ', pandoc.Code(el.classes[1] or 'none')}}, {class = 'listing'})
end
function Code(el) return pandoc.RawInline('html', '<kbd>' .. el.text .. '</kbd>') end
