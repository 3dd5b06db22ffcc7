function Para(p)
  for i, x in ipairs(p.content) do
    if x.t == 'Str' then x.text = x.text .. '_' end
    if x.t == 'Emph' then p.content[i] = pandoc.Strong(x.content) end
  end
  return p
end
