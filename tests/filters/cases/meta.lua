function Meta(m)
  m.title = 'T'
  m.count = 5
  m.flag = true
  m.list = {'a', pandoc.Str 'b'}
  m.ins = pandoc.Inlines 'x y'
  m.bl = pandoc.Blocks {pandoc.Para 'p'}
  m.map = {k = 'v', n = {1, 2}}
  return m
end
function Pandoc(doc)
  doc.blocks:insert(1, pandoc.Para(pandoc.utils.stringify(doc.meta.title)))
  doc.meta.extra = pandoc.MetaList {doc.meta.ins}
  return doc
end
