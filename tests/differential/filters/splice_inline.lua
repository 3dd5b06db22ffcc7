function Str(s)
  local n = #s.text % 5
  if n == 0 then return {} end
  if n == 1 then return s.text .. ' split me' end
  if n == 2 then return {pandoc.Str 'a', pandoc.Space(), 'b c'} end
  if n == 3 then return pandoc.Inlines{s, pandoc.Emph(s)} end
end
function Space() return pandoc.SoftBreak() end
function SoftBreak() return {pandoc.Space(), pandoc.Str '/', pandoc.Space()} end
function Code(c) return c.text end
