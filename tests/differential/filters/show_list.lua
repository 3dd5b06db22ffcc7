local List = require 'pandoc.List'
local links = List{}
function Link(l) if not links:includes(l.target) then links:insert(l.target) end end
function Inlines(is)
  local at
  repeat
    local _, i = is:find_if(function(x) return x.t == 'SoftBreak' end, (at or 0) + 1)
    at = i
    if at then is[at] = pandoc.Space() end
  until not at
  local _, strong = is:find_if(function(x) return x.t == 'Strong' end)
  if strong then is:extend{pandoc.Space(), is:at(strong):clone()} end
  if #is > 30 then return is:filter(function(x) return x.t ~= 'Emph' end) end
  return is
end
function BulletList(l)
  local texts = l.content:map(function(item) return pandoc.utils.stringify(item) end)
  local order = List{}
  for i in ipairs(texts) do order:insert(i) end
  order:sort(function(a, b) if texts[a] ~= texts[b] then return texts[a] < texts[b] end return a < b end)
  l.content = order:map(function(i) return l.content[i] end)
  return l
end
function Pandoc(d)
  d.blocks = d.blocks .. {pandoc.Header(1, 'Links')} .. links:map(function(t, i) return pandoc.Para{pandoc.Str(i .. ' ' .. t)} end)
  while d.blocks[1] and d.blocks[1].t ~= 'Header' do d.blocks:remove(1) end
  return d
end
