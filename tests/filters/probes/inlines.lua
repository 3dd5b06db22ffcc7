pandoc.Str(5)
pandoc.Str(5.5)
pandoc.Str(true)
pandoc.Str{}
pandoc.Str()
pandoc.Str'a'.text
pandoc.Str'a b'
pandoc.Str'a'.t, pandoc.Str'a'.tag
pandoc.Str'a'.content
pandoc.Str'a'.classes
pandoc.Str'a'.nothing
pandoc.Str'a' == pandoc.Str'a', pandoc.Str'a' == pandoc.Str'b'
pandoc.Str'a' == pandoc.Space(), pandoc.Str'a' == 5
pandoc.Space(), pandoc.SoftBreak(), pandoc.LineBreak()
pandoc.Space() == pandoc.Space(), pandoc.Space() == pandoc.SoftBreak()
pandoc.Emph'a b'
pandoc.Emph'  a  b '
pandoc.Emph'a\nb\t c'
pandoc.Emph'a\u{a0}b'
pandoc.Emph''
pandoc.Emph{}
pandoc.Emph{'a', 'b c'}
pandoc.Emph{pandoc.Str'a', 'b', pandoc.Space()}
pandoc.Emph(pandoc.Str'a')
pandoc.Emph(nil)
pandoc.Emph(5)
pandoc.Emph(true)
pandoc.Emph()
pandoc.Emph{5}
pandoc.Emph{{'a'}}
pandoc.Emph(pandoc.Para{})
pandoc.Emph{pandoc.Para{}}
pandoc.Emph'a'.content
pandoc.Emph'a'.c
pandoc.Emph'a b'.content[2]
#pandoc.Emph'a b'.content
pandoc.utils.type(pandoc.Emph'a'.content)
pandoc.Emph'a' == pandoc.Emph{pandoc.Str'a'}
pandoc.Strong'a', pandoc.Strikeout'a', pandoc.Superscript'a', pandoc.Subscript'a', pandoc.SmallCaps'a', pandoc.Underline'a'
pandoc.Quoted('SingleQuote', 'a'), pandoc.Quoted('DoubleQuote', 'a b')
pandoc.Quoted('Single', 'a')
pandoc.Quoted('SingleQuote', 'a').quotetype
pandoc.Quoted('a')
pandoc.Cite('a b', {pandoc.Citation('k', 'NormalCitation')})
pandoc.Cite('a', 5)
pandoc.Cite('a', {5})
pandoc.Cite('a', {}).citations
pandoc.Cite('a', {pandoc.Citation('k', 'AuthorInText')}).citations[1].id
pandoc.Citation('k', 'NormalCitation', 'pre', 'suf', 3, 7)
pandoc.Citation('k', 'Normal')
pandoc.Citation('k')
pandoc.Citation('k', 'NormalCitation').prefix
pandoc.Citation('k', 'NormalCitation').note_num, pandoc.Citation('k', 'NormalCitation').hash, pandoc.Citation('k', 'SuppressAuthor').mode
pandoc.Citation('k', 'NormalCitation') == pandoc.Citation('k', 'NormalCitation')
pandoc.Citation('k', 'NormalCitation') == pandoc.Citation('k', 'NormalCitation', 'x')
pandoc.Code'a', pandoc.Code('a', {id='x'}), pandoc.Code('a', {'i', {'c'}, {k='v'}})
pandoc.Code'a'.text, pandoc.Code('a', 'id').identifier
pandoc.Code('a', 5)
pandoc.Math('InlineMath', 'x'), pandoc.Math('DisplayMath', 'y')
pandoc.Math('x', 'y')
pandoc.Math('InlineMath')
pandoc.Math('InlineMath', 'x').mathtype
pandoc.RawInline('html', '<b>'), pandoc.RawInline('html', '<b>').format
pandoc.RawInline('html')
pandoc.Link('a', 'b'), pandoc.Link('a', 'b', 'c'), pandoc.Link('a', 'b', 'c', {'id'})
pandoc.Link('a')
pandoc.Link('a', 'b').target, pandoc.Link('a', 'b').title, pandoc.Link('a', 'b').content
pandoc.Link('a', 'b', nil, {id='x'})
pandoc.Link('a', 'b', 5)
pandoc.Link('a', 'b', {})
pandoc.Image('a', 'b'), pandoc.Image('a b', 'b', 'c', {class='x y', width='5'})
pandoc.Image('a', 'b').caption, pandoc.Image('a', 'b').content, pandoc.Image('a', 'b').src
pandoc.Image('a', 'b').attributes.width
pandoc.Image('a', 'b', '', {width=5}).attributes.width
pandoc.Note'a b'
pandoc.Note(pandoc.Para'a')
pandoc.Note{pandoc.Para'a', 'b'}
pandoc.Note(5)
pandoc.Note'a'.content
pandoc.Span'a', pandoc.Span('a', {'id', {'c'}, {{'k', 'v'}}})
pandoc.Span('a', 5)
pandoc.Span('a', pandoc.Attr'x').identifier
pandoc.Span('a', {class='a b  c'}).classes
#pandoc.Span('a', {class='a b  c'}).classes
pandoc.Inlines'a b'
pandoc.Inlines{'a b', pandoc.Space()}
pandoc.Inlines(pandoc.Str'x')
pandoc.Inlines(5)
pandoc.Inlines()
pandoc.Inlines{pandoc.Para'x'}
pandoc.Inlines{} == pandoc.Inlines{}, pandoc.Inlines'a' == pandoc.Inlines{'a'}
pandoc.Inlines{} == pandoc.Blocks{}
pandoc.Inlines'a' .. pandoc.Inlines'b'
pandoc.Inlines'a' .. {'b'}
pandoc.Str'\233'
pandoc.Str'ä', pandoc.Str'ä1', pandoc.Str'\14H', pandoc.Str'\127', pandoc.Str'"\\\n\t\r\0'
pandoc.Str'中文', pandoc.Str'😀x'
local s = pandoc.Str'a' s.text = 'b' return s
local s = pandoc.Str'a' s.text = 5 return s, s.text
local s = pandoc.Str'a' s.text = nil return s
local s = pandoc.Str'a' s.text = {} return s
local s = pandoc.Str'a' s.foo = 1
local s = pandoc.Str'a' s.t = 'Emph'
local s = pandoc.Str'a' s.tag = 'Emph'
local e = pandoc.Emph'a' e.content = 'b c' return e, e.content
local e = pandoc.Emph'a' e.content = pandoc.Str'x' return e
local e = pandoc.Emph'a' e.content = {'x', pandoc.Space()} return e
local e = pandoc.Emph'a' e.c = 'x' return e
local e = pandoc.Emph'a' e.content = 5 return tostring(e)
local e = pandoc.Emph'a' e.content = pandoc.Para'x' return tostring(e)
local e = pandoc.Emph'a' e.content = {{'x'}} return tostring(e)
local e = pandoc.Emph'a b' e.content[2] = pandoc.Str'-' return e
local e = pandoc.Emph'a b' e.content:insert(pandoc.Str'c') return e
local e = pandoc.Emph'a b' table.insert(e.content, 1, pandoc.Str'c') return e
local e = pandoc.Emph'a b' table.remove(e.content, 1) return e
local e = pandoc.Emph'a b' e.content:insert('c') return e
local e = pandoc.Emph'a b' return rawequal(e.content, e.content)
local e = pandoc.Emph'a' local c = e:clone() c.content[1].text = 'b' return e, c
local s = pandoc.Str'a' local e = pandoc.Emph{s} s.text = 'b' return e
local s = pandoc.Str'a' local e = pandoc.Emph'x' e.content[1] = s s.text = 'b' return e
local e = pandoc.Emph{pandoc.Strong'a'} e.content[1].content[1].text = 'b' return e
local l = pandoc.Link('a', 'b') l.target = 'c' l.title = 'd' return l
local l = pandoc.Link('a', 'b') l.target = {} return tostring(l)
local l = pandoc.Link('a', 'b') l.attributes.k = 'v' return l
local l = pandoc.Link('a', 'b') l.classes:insert'x' return l
local l = pandoc.Link('a', 'b') l.classes = {'x', 'y'} return l
local l = pandoc.Link('a', 'b') l.identifier = 'x' return l
local l = pandoc.Link('a', 'b') l.attr = {'i', {'c'}} return l, pandoc.utils.type(l.attr)
local l = pandoc.Link('a', 'b') l.attr = pandoc.Attr('x') l.attr.identifier = 'y' return l
local l = pandoc.Link('a', 'b') l.attributes = {b='2'} return l
local l = pandoc.Link('a', 'b') l.attributes = {{'b', '2'}, {'a', '1'}} return l
local i = pandoc.Image('a', 'b') i.caption = 'x y' i.src = 's' return i
local n = pandoc.Note'a' n.content = {pandoc.Para'x'} return n
local n = pandoc.Note'a' n.content = 'x' return tostring(n)
local n = pandoc.Note'a' n.content = {} return n
local q = pandoc.Quoted('SingleQuote', 'a') q.quotetype = 'DoubleQuote' return q
local m = pandoc.Math('InlineMath', 'a') m.mathtype = 'DisplayMath' m.text = 'b' return m
local m = pandoc.Math('InlineMath', 'a') m.mathtype = 'x' return tostring(m)
local r = pandoc.RawInline('html', 'a') r.format = 'latex' return r
local c = pandoc.Cite('a', {}) c.citations = {pandoc.Citation('k', 'NormalCitation')} c.content = 'z' return c
local c = pandoc.Cite('a', {pandoc.Citation('k', 'NormalCitation')}) c.citations[1].prefix = 'see' return c
local c = pandoc.Cite('a', {pandoc.Citation('k', 'NormalCitation')}) c.citations[1].mode = 'AuthorInText' return c
local c = pandoc.Cite('a', {pandoc.Citation('k', 'NormalCitation')}) c.content = 'b' return c
local s = pandoc.Span('a', {'i'}) s.attr.classes = {'z'} return s
local s = pandoc.Span('a', {'i'}) s.attr = nil return s
local t = {} for k, v in pairs(pandoc.Link('a', 'b')) do t[#t + 1] = k end return table.concat(t, ' ')
local t = {} for k, v in pairs(pandoc.Str'a') do t[#t + 1] = k end return table.concat(t, ' ')
pandoc.Str'a'.walk ~= nil, pandoc.Str'a'.clone ~= nil, pandoc.Str'a'.show
getmetatable(pandoc.Str'a')
type(pandoc.Str'a'), pandoc.utils.type(pandoc.Str'a')
pandoc.Inline.constructor.Str'a', pandoc.Inline.Str
pandoc.Header(pandoc.Inlines'x', 1)
pandoc.Header(pandoc.List{}, 1)
pandoc.Header(pandoc.Para'x', 1)
pandoc.Header(pandoc.Attr(), 1)
pandoc.Str(pandoc.Inlines'x')
pandoc.Str(pandoc.Blocks'x')
pandoc.Math('InlineMath', pandoc.Inlines'x')
pandoc.Cell(pandoc.List{}, pandoc.Inlines'x')
pandoc.Link('x', pandoc.Inlines'x')
pandoc.utils.to_roman_numeral(pandoc.Inlines'x')
