function Para(p) return pandoc.Div('text only') end
function Plain(p) return 'two words' end
function Header(h) h.content = 'new title here' h.level = '2' return h end
function BulletList(l) l.content = {'a', {'b c'}, {pandoc.Para 'd'}} return l end
function OrderedList(l) l.content = {{'x'}, pandoc.Para 'y'} return l end
function BlockQuote(q) q.content = {'s', pandoc.Str 't', pandoc.Para 'u'} return q end
function Link(l) l.content = pandoc.Str 'one' l.target = 5 return l end
function DefinitionList(d) d.content = {{'t', 'd'}, {{'t', 'u'}, {'d', {pandoc.Para 'e'}}}} return d end
function LineBlock(l) l.content = {'a b', {'c'}} return l end
function Note(n) n.content = 'note' return n end
