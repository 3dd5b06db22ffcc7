traverse = 'topdown'
function Blocks(bs)
  local out = pandoc.Blocks{}
  for _, b in ipairs(bs) do
    out:insert(b)
    if b.t == 'Header' then out:insert(pandoc.Para{pandoc.Str 'after', pandoc.Space(), pandoc.Str(tostring(b.level))}) end
  end
  return out
end
function Inlines(is)
  if #is > 0 and is[1].t == 'Strong' then return {pandoc.Str 'STRONG'}, false end
  return is
end
function Para(p) p.content:insert(pandoc.Str '.') return p end
function Str(s) return pandoc.Str('[' .. s.text .. ']') end
