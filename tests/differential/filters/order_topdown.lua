local log = {}
local function note(name) return function(x) log[#log + 1] = name .. (x.text and '=' .. x.text:sub(1, 12) or '') end end
local f = {traverse = 'topdown'}
for _, n in ipairs{'Inlines', 'Blocks', 'Meta', 'Pandoc'} do f[n] = function() log[#log + 1] = n end end
for n in pairs(pandoc.Inline.constructor) do f[n] = note(n) end
for n in pairs(pandoc.Block.constructor) do f[n] = note(n) end
local last = {Pandoc = function(d) d.blocks = {pandoc.CodeBlock(table.concat(log, '\n'))} d.meta = {} return d end}
return {f, last}
