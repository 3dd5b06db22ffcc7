local function change(el)
  local a = el.attr
  el.identifier = el.identifier ~= '' and 'id-' .. el.identifier or ('auto-' .. el.t):lower()
  el.classes:insert(1, el.t)
  local n = 0
  for k, v in pairs(el.attributes) do n = n + 1 end
  el.attributes.count = tostring(n)
  el.attributes['data-x'] = nil
  el.attributes[1] = {'first', 'yes'}
  return el
end
return {{Div = change, Span = change, Code = change, CodeBlock = change, Header = change, Link = change, Image = change, Figure = change, Table = change}}
