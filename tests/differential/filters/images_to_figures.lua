function Inlines(is)
  for i = #is - 1, 2, -1 do
    if is[i].t == 'Space' and is[i + 1].t == 'Image' then is:remove(i) end
  end
  for i, el in ipairs(is) do
    if el.t == 'Link' and #el.content == 0 then el.content = {pandoc.Str(el.target)} end
    if el.t == 'Str' and el.text:sub(-1) == ':' then is[i] = pandoc.Strong{el} end
  end
  return is
end
