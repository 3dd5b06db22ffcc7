function Str(s) if s.text:match '^%u' then return pandoc.Inlines(s.text .. '!') end end
function Emph(e) return e.content end
function Strong(e) return {pandoc.Str 'x', 'y z', pandoc.Space()} end
function Para(p) if #p.content > 12 then return pandoc.Str 'long' elseif #p.content < 2 then return {pandoc.Str 'a', pandoc.Str 'b'} end end
function Plain(p) return pandoc.List{pandoc.Plain(p.content), pandoc.HorizontalRule()} end
function Inlines(is) if #is == 3 then return pandoc.Str 'three' elseif #is == 5 then return 'five words now' end end
function Blocks(bs) if #bs == 2 then return pandoc.Para 'two' elseif #bs == 3 then return 'three words here' end end
