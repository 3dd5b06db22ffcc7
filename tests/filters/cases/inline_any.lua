function Inline(i) if i.t == 'Space' then return nil end if i.tag == 'Str' then return pandoc.Span {i} end end
