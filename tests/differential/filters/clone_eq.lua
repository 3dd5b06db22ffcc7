function Block(b)
  local c = b:clone()
  local same = c == b
  if c.content and #c.content > 0 then table.remove(c.content, 1) end
  if c.identifier then c.identifier = 'clone' end
  return pandoc.Div({b, c}, {'', {tostring(same), tostring(c == b), tostring(b == b:clone())}})
end
