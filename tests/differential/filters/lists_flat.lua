function BulletList(l)
  local out = pandoc.Blocks{}
  for _, item in ipairs(l.content) do
    out:extend(item)
    out:insert(pandoc.HorizontalRule())
  end
  out:remove()
  return out
end
function OrderedList(l) return pandoc.BulletList(l.content:map(function(item) return pandoc.Blocks(item):filter(function(b) return b.t ~= 'BlockQuote' end) end)) end
function LineBlock(l) return pandoc.BulletList(l.content:map(function(line) return {pandoc.Plain(line)} end)) end
