function Para(el)
  return {pandoc.Plain(el.content), pandoc.HorizontalRule(), el}
end
