function Header(h) h.attr = {'n' .. h.level, {'a', 'b'}, {{'z', '1'}, {'b', '2'}, {'a', '3'}}} return h end
function Code(c) c.attr = pandoc.Attr{id = 'x', class = 'p q', lang = 'en'} return c end
function CodeBlock(c) c.classes = {'only'} c.attributes = {{'z', '1'}, {'a', '2'}} return c end
function Link(l) l.attr = pandoc.Attr('i', {'k'}) l.attr.identifier = 'j' return l end
function Image(i) i.attributes = pandoc.AttributeList{{'w', '1'}, {'h', '2'}} i.attributes.w = '9' return i end
function Span(s) return s.content end
function Div(d) d.attr = nil return d.content end
