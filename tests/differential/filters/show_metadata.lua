local title, limit, longest = nil, 0, ''
local function read(m)
  title, limit = m.title, tonumber(pandoc.utils.stringify(m.limit or '5'))
  m.keywords = m.keywords or pandoc.MetaList{}
  return m
end
local function str(s)
  if s.text == '%title%' then return pandoc.Quoted('DoubleQuote', title) end
  if pandoc.text.len(s.text) > pandoc.text.len(longest) then longest = s.text end
end
local function write(d)
  for i, a in ipairs(d.meta.author or {}) do d.meta.author[i] = {name = a, order = tostring(i)} end
  d.meta.longest = longest
  local n = 0
  d:walk{Header = function(h) n = n + 1 if n <= limit then d.meta.keywords:insert(h.content) end end}
  d.meta.stats = {headings = tostring(n), blocks = pandoc.Inlines{pandoc.Str(tostring(#d.blocks))}, ok = n > 3, empty = {}}
  d.meta.summary = {d.blocks[1], d.blocks[2]}
  d.meta.limit = nil
  return d
end
return {{Meta = read}, {Str = str}, {Pandoc = write}}
