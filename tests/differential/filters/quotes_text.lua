function Quoted(q) local a, b = '«', '»' if q.quotetype == 'SingleQuote' then a, b = '‹', '›' end return pandoc.Inlines{pandoc.Str(a)} .. q.content .. {pandoc.Str(b)} end
function Str(s) local t, n = s.text:gsub('"([^"]*)"?', '“%1”') if n > 0 then return pandoc.Str(t) end end
function Superscript(s) return {pandoc.Str '^', table.unpack(s.content)} end
function Subscript(s) return pandoc.Span(s.content, {class = 'sub'}) end
function SmallCaps(s) return s:walk{Str = function(x) return pandoc.Str(pandoc.text.upper(x.text)) end}.content end
function Underline(u) return pandoc.Emph(u.content) end
function Strikeout(s) return {} end
