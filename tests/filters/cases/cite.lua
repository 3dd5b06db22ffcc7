function Link(l)
  return pandoc.Cite(l.content, {pandoc.Citation('key', 'AuthorInText', 'see', 'p. 1', 1, 2), pandoc.Citation('k2', 'NormalCitation')})
end
