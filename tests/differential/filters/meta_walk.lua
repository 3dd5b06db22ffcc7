-- Inline and block functions go through metadata too.
function Str(s) return pandoc.Str('<' .. s.text .. '>') end
function Emph(e) return pandoc.Strong(e.content) end
function Blocks(bs) return #bs > 1 and bs .. {pandoc.HorizontalRule()} or nil end
function Inlines(is) if #is == 0 then return {pandoc.Str 'filled'} end end
