function Image(el)
  return {pandoc.Link(el.caption, el.src, el.title), pandoc.Str(pandoc.utils.stringify(el.caption))}
end
