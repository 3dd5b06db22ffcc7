function Meta(m)
  local kinds = {}
  for k, v in pairs(m) do kinds[#kinds + 1] = k .. '=' .. pandoc.utils.type(v) end
  table.sort(kinds)
  m.kinds = table.concat(kinds, ' ')
  m.title = m.title and {pandoc.Strong(m.title), pandoc.Str '!'} or 'Untitled'
  m.draft = not m.draft
  m.number = 12 m.float = 1.5 m.flag = true
  m.blocks = pandoc.Blocks{pandoc.Para 'b'} m.block = pandoc.HorizontalRule() m.inline = pandoc.Str 'i'
  m.list = {'a', pandoc.Str 'b', {pandoc.Para 'c'}, {x = 'y'}, true} m.empty = {} m.map = {a = {b = {c = 'deep'}}}
  m.ml = pandoc.MetaList{'x'} m.mi = pandoc.MetaInlines 'x y' m.mb = pandoc.MetaBlocks 'z' m.ms = pandoc.MetaString 's' m.mm = pandoc.MetaMap{q = 'r'} m.mbool = pandoc.MetaBool(false)
  m.date = nil
  return m
end
