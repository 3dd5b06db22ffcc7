function Blocks(bs)
  return bs:walk{Str = function(s) if #s.text > 6 then return {pandoc.Str(s.text:sub(1, 3)), pandoc.Str '~'} end end,
    Inlines = function(is) if #is > 8 then return is:walk{Space = function() return pandoc.Str '_' end} end end}
end
