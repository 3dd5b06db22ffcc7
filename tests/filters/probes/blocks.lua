pandoc.Para'a b', pandoc.Plain'a'
pandoc.Para{}, pandoc.Para'', pandoc.Para{'a', 'b'}
pandoc.Para(5)
pandoc.Para{pandoc.Para{}}
pandoc.Para{pandoc.Str'a'}.content
pandoc.Para'a b\n c':show()
pandoc.Para'a' == pandoc.Para'a', pandoc.Para'a' == pandoc.Plain'a'
pandoc.Para'a' == pandoc.Str'a'
pandoc.Para'a'.text, pandoc.Para'a'.attr, pandoc.Para'a'.identifier
pandoc.LineBlock{'a', 'b c'}
pandoc.LineBlock'a'
pandoc.LineBlock{'a', 'b c'}.content[2]
pandoc.CodeBlock'a\nb', pandoc.CodeBlock('a', {class='lua'})
pandoc.CodeBlock('a', {'i', {'c'}}).classes[1]
pandoc.CodeBlock()
pandoc.RawBlock('html', '<p>'), pandoc.RawBlock('html', 'x').format
pandoc.BlockQuote'a', pandoc.BlockQuote{pandoc.Para'a', 'b'}, pandoc.BlockQuote{}
pandoc.BlockQuote(5)
pandoc.BlockQuote'a'.content
pandoc.OrderedList{'a', 'b'}
pandoc.OrderedList({'a', {pandoc.Para'b', 'c'}}, {3, 'Decimal', 'Period'})
pandoc.OrderedList({'a'}, pandoc.ListAttributes(2, 'LowerRoman', 'OneParen'))
pandoc.OrderedList({'a'}, {3})
pandoc.OrderedList({'a'}, {3, 'x', 'Period'})
pandoc.OrderedList({'a'}).start, pandoc.OrderedList({'a'}).style, pandoc.OrderedList({'a'}).delimiter
pandoc.BulletList'a', pandoc.BulletList{'a', 'b'}, pandoc.BulletList{pandoc.Para'a', pandoc.Para'b'}
pandoc.BulletList{{'a', 'b'}, {'c'}}
pandoc.BulletList{{pandoc.Para'a'}, {pandoc.Para'b', pandoc.Para'c'}}
pandoc.BulletList{5}
pandoc.BulletList(pandoc.Para'a')
pandoc.BulletList{}
pandoc.BulletList{'a', 'b'}.content[1]
pandoc.utils.type(pandoc.BulletList{'a', 'b'}.content), pandoc.utils.type(pandoc.BulletList{'a', 'b'}.content[1])
pandoc.DefinitionList{{'a', {'b', 'c'}}}
pandoc.DefinitionList{{'a', 'b'}}
pandoc.DefinitionList{{'a', {pandoc.Para'b'}}, {'c d', {{pandoc.Para'b', 'x'}, {'y'}}}}
pandoc.DefinitionList{'a'}
pandoc.DefinitionList{}
pandoc.DefinitionList{{'a', {'b', 'c'}}}.content[1][1]
pandoc.DefinitionList{{'a', {'b', 'c'}}}.content[1][2][2]
pandoc.Header(1, 'a b'), pandoc.Header(2, {}, {'id', {'c'}, {k='v'}})
pandoc.Header('x', 'y')
pandoc.Header('2', 'y')
pandoc.Header(1.5, 'y')
pandoc.Header(1)
pandoc.Header(1, 'a').level, pandoc.Header(1, 'a').identifier
pandoc.HorizontalRule()
pandoc.HorizontalRule() == pandoc.HorizontalRule()
pandoc.Div'a', pandoc.Div({pandoc.Para'a', 'b'}, {'id'})
pandoc.Div(5)
pandoc.Div{5}
pandoc.Div{{'a', 'b'}}
pandoc.Div{{{'a'}}}
pandoc.Div(pandoc.Str'a')
pandoc.Div{pandoc.Str'a', pandoc.Str'b'}
pandoc.Div('a', {class='x', id='y', z='1'})
pandoc.Figure('a'), pandoc.Figure('a', 'cap'), pandoc.Figure('a', {long='x'}), pandoc.Figure('a', {long='x', short='y z'}, {'id'})
pandoc.Figure('a', pandoc.Caption('l', 's')).caption.short
pandoc.Figure('a', 'cap').caption.long, pandoc.Figure('a', 'cap').caption.short
pandoc.Figure('a', 5)
pandoc.Figure('a').content
pandoc.Caption(), pandoc.Caption'a', pandoc.Caption('a', 'b')
pandoc.Caption('a', 'b') == pandoc.Caption('a', 'b'), pandoc.Caption('a', 'b') == pandoc.Caption'a'
pandoc.Null
pandoc.Blocks'a', pandoc.Blocks{'a', 'b'}, pandoc.Blocks(pandoc.Para'x')
pandoc.Blocks(5)
pandoc.Blocks{pandoc.Para'a', pandoc.Str'b', 'c'}
pandoc.Blocks{} == pandoc.Blocks{}, pandoc.Blocks'a' == pandoc.Blocks'a'
pandoc.Blocks'a' .. pandoc.Blocks'b'
local p = pandoc.Para'a' p.content = 5 return tostring(p)
local p = pandoc.Para'a' p.content = {pandoc.Para'x'} return tostring(p)
local p = pandoc.Para'a' p.identifier = 'x'
local d = pandoc.Div'a' d.content = 'b' return d
local d = pandoc.Div'a' d.content = {'b', 'c'} return d
local d = pandoc.Div'a' d.content = {pandoc.Para'b', 'c'} return d
local d = pandoc.Div'a' d.content = {{'b'}, {'c'}} return tostring(d)
local d = pandoc.Div'a' d.content = {} return d
local d = pandoc.Div'a' d.content = pandoc.Para'x' return d
local d = pandoc.Div'a' d.content = 5 return tostring(d)
local d = pandoc.Div'a' d.content[1] = pandoc.Para'b' return d
local d = pandoc.Div'a' d.content:insert(pandoc.HorizontalRule()) return d
local d = pandoc.Div({}, {'i'}) d.classes = {'x'} d.attributes.k = 'v' d.attributes.i = nil return d
local d = pandoc.Div({}, {'i', {}, {{'a', '1'}, {'b', '2'}, {'c', '3'}}}) d.attributes.b = nil d.attributes.z = 'q' return d
local d = pandoc.Div'a' d.identifier = 'x' return d.attr.identifier, d
local h = pandoc.Header(1, 'a') h.level = 3 h.content = 'b c' return h
local h = pandoc.Header(1, 'a') h.level = 'x' return tostring(h)
local b = pandoc.BulletList{'a'} b.content = {'x', 'y'} return tostring(b)
local b = pandoc.BulletList{'a'} b.content = {{'x'}, {'y'}} return b
local b = pandoc.BulletList{'a'} b.content = {{pandoc.Para'x'}, {'y'}} return b
local b = pandoc.BulletList{'a'} b.content = {pandoc.Para'x', pandoc.Para'y'} return b
local b = pandoc.BulletList{'a'} b.content = {} return tostring(b)
local b = pandoc.BulletList{'a'} b.content:insert{pandoc.Para'x'} return b
local b = pandoc.BulletList{'a', 'b'} b.content[1][1] = pandoc.Para'x' return b
local o = pandoc.OrderedList{'a'} o.start = 5 o.style = 'UpperAlpha' return o
local o = pandoc.OrderedList{'a'} o.listAttributes = {4, 'Decimal', 'TwoParens'} return o
local o = pandoc.OrderedList{'a'} o.listAttributes.start = 9 return o
local l = pandoc.LineBlock{'a'} l.content = {{'x'}, {'y'}} return l
local l = pandoc.LineBlock{'a'} l.content[1]:insert(pandoc.Space()) return l
local d = pandoc.DefinitionList{{'a', {'b'}}} d.content[1][1] = 'z' return d
local d = pandoc.DefinitionList{{'a', {'b'}}} d.content[1][2][1][1].content = 'q' return d
local f = pandoc.Figure('a', 'c') f.caption = 'new' return f
local f = pandoc.Figure('a', 'c') f.caption.long = 'new' f.caption.short = 's' return f
local f = pandoc.Figure('a', 'c') f.content = {pandoc.Para'x'} return f
local f = pandoc.Figure('a', 'c') f.identifier = 'i' return f
local c = pandoc.CodeBlock'a' c.text = 'b' c.classes = {'x'} return c
local r = pandoc.RawBlock('html', 'a') r.text = 'b' r.format = 'tex' return r
local t = {} for k, v in pairs(pandoc.Header(1, 'a')) do t[#t + 1] = k end return table.concat(t, ' ')
local t = {} for k, v in pairs(pandoc.Figure'a') do t[#t + 1] = k end return table.concat(t, ' ')
local d = pandoc.Div{pandoc.Para'a'} local e = d:clone() e.content[1].content = 'b' return d, e
type(pandoc.Para'a'), pandoc.utils.type(pandoc.Para'a')
pandoc.Block.constructor.Para'a'
pandoc.Pandoc('a'), pandoc.Pandoc({}, {a='x', b=5, c=true, d={1, 2}, e={x='y'}})
pandoc.Pandoc({}, {a=pandoc.Str'x', b=pandoc.Para'y', c={pandoc.Str'a', pandoc.Str'b'}, d={pandoc.Para'x'}, e={'a', pandoc.Str'b'}, f={}, g=1.5, h=pandoc.Inlines'a b', i=pandoc.Blocks'q', j=pandoc.List{'a'}})
pandoc.Pandoc({}, {a=function() end})
pandoc.Pandoc({}, 5)
pandoc.Pandoc(5)
pandoc.Pandoc'a'.blocks, pandoc.Pandoc('a', {x='y'}).meta.x
pandoc.Pandoc'a' .. pandoc.Pandoc'b'
pandoc.Pandoc('a', {x='1', y='2'}) .. pandoc.Pandoc('b', {y='3', z='4'})
pandoc.Pandoc'a' == pandoc.Pandoc'a', pandoc.Pandoc'a' == pandoc.Pandoc'b'
local d = pandoc.Pandoc'a' d.blocks:insert(pandoc.Para'b') d.meta.title = 'x' return d
local d = pandoc.Pandoc'a' d.blocks = 'q' d.meta = {k=true} return d
local d = pandoc.Pandoc'a' d.foo = 1
local d = pandoc.Pandoc'a' local e = d:clone() e.blocks = {} return d, e
pandoc.Meta{a='x'}.a, pandoc.utils.type(pandoc.Meta{})
pandoc.Meta(5)
pandoc.MetaInlines'a b', pandoc.MetaBlocks'a', pandoc.MetaList{'a', 'b'}, pandoc.MetaString'x', pandoc.MetaBool(true)
pandoc.MetaMap{a='b'}.a, pandoc.utils.type(pandoc.MetaMap{a='b'})
pandoc.MetaMap{a=function() end}
pandoc.MetaString{}
pandoc.MetaBool(5)
pandoc.utils.type(pandoc.MetaInlines'a'), pandoc.utils.type(pandoc.MetaList{})
pandoc.TableBody({}, {}, -1), pandoc.Cell('a', nil, -1, -2), pandoc.Header(-2, 'a'), pandoc.OrderedList({}, {-5})
pandoc.utils.make_sections(true, nil, {pandoc.Header(1, 'a', {'i', {'y', 'x', 'y'}, {{'number', '9'}, {'k', '1'}, {'number', '8'}, {'k', '2'}}})})
pandoc.utils.make_sections(false, nil, {pandoc.Header(1, 'a', {'i', {'y', 'section', 'y'}, {{'number', '9'}, {'k', '1'}, {'number', '8'}, {'k', '2'}}})})
pandoc.utils.make_sections(true, nil, {pandoc.Div({pandoc.Header(1, 'a', {'i', {'y', 'x', 'y'}, {{'number', '9'}, {'k', '1'}, {'k', '2'}}})}, {'d', {'y', 'y', 'z', 'z', 'section'}, {{'k', '3'}, {'number', '5'}, {'l', '1'}, {'l', '2'}}})})
pandoc.utils.make_sections(true, nil, {pandoc.Div({pandoc.Header(1, 'a', {'', {'unnumbered'}, {{'number', '9'}, {'k', '1'}}})}, {'d', {'y', 'unnumbered'}, {{'k', '3'}}})})
local e = pandoc.Emph{'a', 'b'} e.content[1] = nil return tostring(e)
local e = pandoc.Emph{'a', 'b', 'c'} e.content[2] = nil return tostring(e)
local e = pandoc.Div{'a', 'b'} e.content[1] = nil return tostring(e)
pandoc.Emph({nil, 'a'})
pandoc.Para({nil, pandoc.Str 'a'})
pandoc.Div({nil, pandoc.Para 'a'})
pandoc.Inlines({nil, pandoc.Str 'a'})
pandoc.Blocks({nil, pandoc.Para 'a'})
local e = pandoc.BulletList{'a', 'b'} e.content[1] = nil return tostring(e)
local e = pandoc.BulletList{{pandoc.Para'a', pandoc.Para'b'}} e.content[1][1] = nil return tostring(e)
local e = pandoc.Emph{'a'} e.content[1] = 5 return tostring(e)
local e = pandoc.Emph{'a'} e.content[1] = true return tostring(e)
local e = pandoc.Emph{'a'} e.content[1] = pandoc.Para'x' return tostring(e)
local e = pandoc.Emph{'a'} e.content[1] = {} return tostring(e)
local e = pandoc.Div{'a'} e.content[1] = 5 return tostring(e)
local e = pandoc.Div{'a'} e.content[1] = true return tostring(e)
local e = pandoc.Div{'a'} e.content[1] = {} return tostring(e)
local e = pandoc.Div{'a'} e.content[1] = {5} return tostring(e)
local e = pandoc.Div{'a'} e.content[1] = pandoc.Attr() return tostring(e)
local e = pandoc.LineBlock{'a', 'b'} e.content[1] = nil return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content[1] = {} return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}, {'c', 'd'}} e.content[1] = nil return tostring(e)
local e = pandoc.Note{'a', 'b'} e.content[1] = nil return tostring(e)
local e = pandoc.Image({'a', 'b'}, 's') e.caption[1] = nil return tostring(e)
local e = pandoc.Cite({'a'}, {pandoc.Citation('k', 'NormalCitation'), pandoc.Citation('l', 'NormalCitation')}) e.citations[1] = nil return tostring(e)
pandoc.Para{'a', 'b'}:walk{Inlines = function(x) x[1] = nil return x end}
pandoc.Div{pandoc.Para'a', pandoc.Para'b'}:walk{Blocks = function(x) x[1] = nil return x end}
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = {{'t', 'd'}} return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = {{'t', {'d'}}} return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = {{'t', {{'d'}}}} return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = {{'t', {pandoc.Para'd'}}} return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = {{'t', pandoc.Para'd'}} return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = {{'t', {{pandoc.Para'd'}}}} return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = {{'t', 5}} return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = {{'t'}} return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = {{'t', nil, 'x'}} return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = {{5, 't'}} return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = {{pandoc.Para't', {'x'}}} return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = {{'t', {5}}} return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = {{'t', {{5}}}} return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = {} return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = 'x' return tostring(e)
local e = pandoc.DefinitionList{{'a', 'b'}} e.content = 5 return tostring(e)
local e = pandoc.Div'x' e.content = {{'t', {{pandoc.Para'd'}}}} return tostring(e)
local e = pandoc.Emph'x' e.content = {{'t', 5}} return tostring(e)
local e = pandoc.Emph'x' e.content = {'x', {'t', 5}} return tostring(e)
local e = pandoc.Emph'x' e.content = {{'t', 'u'}, 5} return tostring(e)
local e = pandoc.Emph'x' e.content = {{'t', {{'u'}, true}}} return tostring(e)
local e = pandoc.DefinitionList{{'a', {'b'}}} e.content[1][2] = {pandoc.Para'x', 'y'} return tostring(e)
local e = pandoc.DefinitionList{{'a', {'b'}}} e.content[1][2] = 'y' return tostring(e)
local e = pandoc.DefinitionList{{'a', {'b'}}} e.content[1][2] = {} return tostring(e)
local e = pandoc.DefinitionList{{'a', {'b'}}} e.content[1][1] = {} return tostring(e)
local e = pandoc.DefinitionList{{'a', {'b'}}} e.content:insert{'t', {'d'}} return tostring(e)
local e = pandoc.DefinitionList{{'a', {'b'}}} e.content:insert{'t', 'd'} return tostring(e)
