function Link(el)
  if el.target:match '^http' then
    el.attributes.target = '_blank'
    el.content = el.content .. {pandoc.Space(), pandoc.Str '↗'}
    return el
  end
end
