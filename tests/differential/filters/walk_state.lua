-- Numbers headings and figures, then makes a list of them: state between two filters of one file.
local counts, index = {0, 0, 0, 0, 0, 0}, pandoc.List{}
local function header(h)
  if h.level < 1 or h.level > 6 or h.classes:includes 'unnumbered' then return nil end
  counts[h.level] = counts[h.level] + 1
  for i = h.level + 1, 6 do counts[i] = 0 end
  local number = table.concat(counts, '.', 1, h.level)
  index:insert{pandoc.Plain(pandoc.Inlines{pandoc.Str(number), pandoc.Space()} .. h.content)}
  h.content:insert(1, pandoc.Span(number, {class = 'number'}))
  h.attributes.number = number
  return h
end
local function add(d)
  if #index > 0 then d.blocks:insert(1, pandoc.BulletList(index)) end
  return d
end
return {{Header = header}, {Pandoc = add}}
