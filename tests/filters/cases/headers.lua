function Header(el)
  el.level = el.level + 1
  el.classes:insert 'shifted'
  el.attributes.n = tostring(el.level)
  return el
end
