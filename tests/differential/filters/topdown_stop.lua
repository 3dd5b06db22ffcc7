traverse = 'topdown'
function Div(d) d.classes:insert 'kept' return d, false end
function BlockQuote(q) return pandoc.Div(q.content, {class = 'quote'}), true end
function BulletList(l) return nil, false end
function Emph(e) return pandoc.Underline(e.content), false end
function Str(s) return pandoc.Str(s.text:upper()) end
function Link(l) return l.content, false end
