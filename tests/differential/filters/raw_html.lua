function RawInline(r) if r.format == 'html' then return pandoc.RawInline('latex', '\\' .. r.text:gsub('[<>/]', '')) end end
function RawBlock(r) if r.format:match 'html' then return {pandoc.Para{pandoc.Code(r.text, {'', {'html'}})}} end return {} end
function CodeBlock(c) if c.classes[1] == 'math' or c.classes:includes('lua', 1) then return pandoc.RawBlock('html', '<pre>' .. c.text .. '</pre>') end end
