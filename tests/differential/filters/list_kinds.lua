function Pandoc(d)
  local l = pandoc.List{}
  local kinds = {d.blocks, d.meta, d.blocks:map(function(b) return b.t end), d.blocks:filter(function() return true end), d.blocks .. {}, d.blocks:clone()}
  for i, k in ipairs(kinds) do l:insert(pandoc.utils.type(k) .. ' ' .. #k) end
  for _, b in ipairs(d.blocks) do l:insert(b.t .. ' ' .. pandoc.utils.type(b) .. ' ' .. pandoc.utils.type(b.content) .. ' ' .. tostring(b.c == b.content)) end
  return pandoc.Pandoc(l:map(function(s) return pandoc.Plain(s) end))
end
