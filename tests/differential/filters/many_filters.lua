local function mark(c) return {Str = function(s) return pandoc.Str(s.text .. c) end} end
return {mark 'a', {}, mark 'b', {Pandoc = function(d) d.blocks:insert(pandoc.Para 'mid') return d end}, {traverse = 'topdown', Str = mark('c').Str}, mark 'd'}
