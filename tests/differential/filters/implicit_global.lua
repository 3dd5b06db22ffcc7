-- Handlers as globals, one made by a loop; other globals do not matter.
counter = 0
text = {'not', 'a', 'filter'}
for _, name in ipairs{'Emph', 'Strong'} do
  _G[name] = function(el) counter = counter + 1 return pandoc.Span(el.content, {class = name:lower(), n = tostring(counter)}) end
end
Doc = function() error 'never' end
Str = 'no function'
Block = setmetatable({}, {__call = function() error 'never' end})
