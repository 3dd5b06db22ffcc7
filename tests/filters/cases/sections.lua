function Pandoc(d) d.blocks = pandoc.utils.make_sections(true, nil, d.blocks) return d end
