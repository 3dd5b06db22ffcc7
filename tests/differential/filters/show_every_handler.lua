-- Every handler, topdown: counts what it meets, marks it, and says at the end what it met.
local counts = {}
local f = {traverse = 'topdown'}
local function count(x) counts[x.t] = (counts[x.t] or 0) + 1 return x end
for name in pairs(pandoc.Inline.constructor) do f[name] = count end
for name in pairs(pandoc.Block.constructor) do f[name] = count end
function f.Pandoc(d) counts.Pandoc = #d.blocks end
function f.Meta(m) m.seen = 'yes' return m end
function f.Blocks(bs) counts.Blocks = (counts.Blocks or 0) + 1 return bs end
function f.Inlines(is) counts.Inlines = (counts.Inlines or 0) + #is if #is > 60 then return is, false end end
function f.Str(s) count(s) return pandoc.Str(s.text .. '\u{200b}') end
function f.Strong(s) count(s) return pandoc.Underline(s.content), false end
function f.Header(h) count(h) h.level = h.level % 6 + 1 return h end
function f.BlockQuote(q) count(q) return pandoc.Div(q.content, {class = 'quote'}) end
function f.BulletList(l) count(l) return l, #l.content > 2 end
function f.Image(i) count(i) return {pandoc.Link(i.caption, i.src), pandoc.Space()} end
local last = {Pandoc = function(d)
  local keys = pandoc.List{}
  for k in pairs(counts) do keys:insert(k) end
  keys:sort()
  d.blocks:insert(pandoc.BulletList(keys:map(function(k) return {pandoc.Plain(k .. ' ' .. counts[k])} end)))
  return d
end}
return {f, last}
