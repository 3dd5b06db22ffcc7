-- The usual two filters: read metadata first, then replace in the text.
local vars = {}
local function read(meta)
  for k, v in pairs(meta) do
    if pandoc.utils.type(v) == 'Inlines' then vars['%' .. k .. '%'] = v
    elseif type(v) ~= 'boolean' then vars['%' .. k .. '%'] = {pandoc.Str(pandoc.utils.stringify(v))} end
  end
  vars['{{author}}'] = {pandoc.Str 'Ann', pandoc.Space(), pandoc.Str 'Lee'}
  vars['{{blank}}'] = pandoc.Span('filled', {class = 'blank'})
end
local function replace(s) return vars[s.text] or (s.text:match '^%d+$' and pandoc.Strong(s)) end
return {{Meta = read}, {Str = replace}}
