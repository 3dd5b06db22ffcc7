local t = pandoc.template.compile '$if(title)$Title: $title$$endif$\n$for(tags)$<$tags$>$sep$, $endfor$ $nested.deep.deeper/uppercase$\n$body$'
function Pandoc(d)
  local plain = pandoc.write(pandoc.Pandoc(pandoc.Para(pandoc.utils.stringify(d.blocks)), d.meta), 'plain', {template = t})
  local ctx = {title = 'T', tags = {'a', 'b'}, body = 'B', nested = {deep = {deeper = 'low'}}}
  return pandoc.Pandoc{pandoc.CodeBlock(plain), pandoc.CodeBlock(pandoc.layout.render(pandoc.template.apply(t, ctx)))}
end
