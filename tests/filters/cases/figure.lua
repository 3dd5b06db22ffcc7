function Para(p)
  if #p.content == 1 then return pandoc.Figure({pandoc.Plain(p.content)}, {long = {pandoc.Plain 'cap'}, short = 'sh'}, {'fig'}) end
end
