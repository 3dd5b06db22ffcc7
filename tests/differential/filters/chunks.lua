function Pandoc(d)
  local c = pandoc.structure.split_into_chunks(d, {path_template = '%n-%s-%i.html', chunk_level = 2, number_sections = true})
  local out = pandoc.Blocks{}
  for _, k in ipairs(c.chunks) do
    out:insert(pandoc.Header(1, k.heading, {k.id, {tostring(k.level), tostring(k.number), tostring(k.section_number)}, {{'path', k.path}, {'next', k.next and k.next.path or ''}, {'prev', k.prev and k.prev.path or ''}, {'up', k.up and k.up.path or ''}}}))
    out:extend(k.contents)
  end
  out:insert(pandoc.CodeBlock(pandoc.utils.stringify(c.toc.title or '')))
  return pandoc.Pandoc(out, c.meta)
end
