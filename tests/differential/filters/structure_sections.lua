function Pandoc(d)
  local toc = pandoc.structure.table_of_contents(d, {toc_depth = 2})
  local level = pandoc.structure.slide_level(d)
  local ids = {}
  local list = pandoc.List{}
  for _, b in ipairs(d.blocks) do
    if b.content and (b.t == 'Para' or b.t == 'Header') then
      local id = pandoc.structure.unique_identifier(b.content, ids)
      ids[id] = true
      list:insert(pandoc.Plain(id))
    end
  end
  local blocks = pandoc.structure.make_sections(d, {number_sections = true, base_level = 1})
  return pandoc.Pandoc(pandoc.Blocks{toc, pandoc.Plain(tostring(level))} .. list .. blocks, d.meta)
end
