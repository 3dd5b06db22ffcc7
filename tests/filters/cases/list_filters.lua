local headers = {}
return {
  {Header = function(h) headers[#headers + 1] = h.content end},
  {Pandoc = function(d)
    local items = {}
    for _, h in ipairs(headers) do items[#items + 1] = {pandoc.Plain(h)} end
    if #items > 0 then d.blocks:insert(1, pandoc.BulletList(items)) end
    return d
  end},
  {Str = function(s) if s.text:match '^[Tt]' then return pandoc.Emph(s) end end},
}
