-- Every handler; the document tells in which order they were called.
local log = {}
local function note(name) return function(x) log[#log + 1] = name .. (x.text and '=' .. x.text:sub(1, 12) or '') end end
local f = {}
for _, n in ipairs{'Inlines', 'Blocks', 'Meta'} do f[n] = function() log[#log + 1] = n end end
for n in pairs(pandoc.Inline.constructor) do f[n] = note(n) end
for n in pairs(pandoc.Block.constructor) do f[n] = note(n) end
function f.Pandoc(d) d.blocks = {pandoc.CodeBlock(table.concat(log, '\n'))} d.meta = {} return d end
return {f}
