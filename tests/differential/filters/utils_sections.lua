function Pandoc(d)
  d.blocks = pandoc.utils.make_sections(true, 2, d.blocks)
  return d
end
