local l = pandoc.layout
function Para(p)
  local words = p.content:filter(function(i) return i.t == 'Str' end):map(function(s) return l.literal(s.text) end)
  local doc = l.prefixed(l.hang(l.concat(words, l.space), 2, l.literal '- '), '> ')
  return pandoc.CodeBlock(l.render(doc, 24) .. '\n' .. l.render(l.nest(l.concat(words, l.cr), 4), 10) .. l.render(l.cblock(l.concat(words, l.space), 30)) .. tostring(l.offset(l.concat(words, l.space))))
end
