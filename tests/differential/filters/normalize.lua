function Str(s) if #s.text > 4 then return {pandoc.Str(s.text:sub(1, 2)), pandoc.Str(s.text:sub(3)), pandoc.Space(), pandoc.Space()} end end
function Pandoc(d) return d:normalize() end
