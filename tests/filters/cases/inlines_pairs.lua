function Inlines(inlines)
  for i = #inlines - 1, 1, -1 do
    if inlines[i].t == 'Str' and inlines[i + 1].t == 'Space' and inlines[i].text:match 'o' then
      inlines:remove(i + 1)
    end
  end
  return inlines
end
