function Pandoc(d)
  local out = pandoc.Blocks{pandoc.CodeBlock(tostring(pandoc.json.decode(pandoc.json.encode(d)) == d))}
  for _, b in ipairs(d.blocks) do
    local text = pandoc.json.encode(b)
    out:insert(pandoc.Plain(tostring(#text)))
    local back = pandoc.json.decode(text)
    out:insert(pandoc.Plain(pandoc.utils.type(back) .. ' ' .. tostring(back == b)))
  end
  return pandoc.Pandoc(out)
end
