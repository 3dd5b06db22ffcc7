pandoc.utils.stringify'a', pandoc.utils.stringify(5), pandoc.utils.stringify(true), pandoc.utils.stringify(1.5)
pandoc.utils.stringify(pandoc.Str'a b'), pandoc.utils.stringify(pandoc.Emph{'a', pandoc.Space(), 'b', pandoc.SoftBreak(), 'c', pandoc.LineBreak(), 'd'})
pandoc.utils.stringify(pandoc.Quoted('DoubleQuote', 'a')), pandoc.utils.stringify(pandoc.Quoted('SingleQuote', 'a'))
pandoc.utils.stringify(pandoc.Note'a'), pandoc.utils.stringify(pandoc.Math('InlineMath', 'x')), pandoc.utils.stringify(pandoc.RawInline('html', 'x')), pandoc.utils.stringify(pandoc.Code'x')
pandoc.utils.stringify(pandoc.CodeBlock'x'), pandoc.utils.stringify(pandoc.RawBlock('html', 'x'))
pandoc.utils.stringify{pandoc.Para'a', pandoc.Para'b'}, pandoc.utils.stringify{'a', 'b'}, pandoc.utils.stringify{a='x', b={'y', 'z'}}
pandoc.utils.stringify(pandoc.Pandoc{pandoc.Para'a', pandoc.Header(1, 'b')}), pandoc.utils.stringify(pandoc.Meta{a='x'})
pandoc.utils.stringify(pandoc.Image('alt', 's', 't')), pandoc.utils.stringify(pandoc.Link('a b', 't')), pandoc.utils.stringify(pandoc.Cite('x', {}))
pandoc.utils.stringify(pandoc.BulletList{'a', 'b'}), pandoc.utils.stringify(pandoc.DefinitionList{{'a', 'b'}}), pandoc.utils.stringify(pandoc.LineBlock{'a', 'b'})
pandoc.utils.stringify(pandoc.Figure('a', {long='c'}))
pandoc.utils.stringify(pandoc.Table({long='c'}, {{'AlignLeft'}}, pandoc.TableHead{pandoc.Row{pandoc.Cell'h'}}, {pandoc.TableBody{pandoc.Row{pandoc.Cell'a'}}}, pandoc.TableFoot{}))
pandoc.utils.stringify(pandoc.Attr'x'), pandoc.utils.stringify(pandoc.Caption'x'), pandoc.utils.stringify(pandoc.Cell'x'), pandoc.utils.stringify(pandoc.Citation('k', 'NormalCitation', 'p'))
pandoc.utils.stringify(pandoc.Inlines'a b'), pandoc.utils.stringify(pandoc.Blocks'a b'), pandoc.utils.stringify{}
pandoc.utils.stringify(function() end)
pandoc.utils.stringify(nil)
pandoc.utils.stringify()
pandoc.utils.type(nil), pandoc.utils.type(5), pandoc.utils.type'x', pandoc.utils.type{}, pandoc.utils.type(print)
pandoc.utils.type(pandoc.Attr()), pandoc.utils.type(pandoc.Para'a'), pandoc.utils.type(pandoc.Citation('a', 'NormalCitation')), pandoc.utils.type(pandoc.Pandoc{}), pandoc.utils.type(PANDOC_VERSION), pandoc.utils.type(pandoc.Cell'a')
pandoc.utils.equals(pandoc.Str'a', pandoc.Str'a'), pandoc.utils.equals(pandoc.Str'a', 5), pandoc.utils.equals({}, {})
pandoc.utils.blocks_to_inlines{pandoc.Para'a b', pandoc.Para'c'}
pandoc.utils.blocks_to_inlines({pandoc.Para'a b', pandoc.Para'c'}, {pandoc.Space()})
pandoc.utils.blocks_to_inlines{pandoc.Para'a', pandoc.BulletList{'x', 'y'}, pandoc.CodeBlock'q', pandoc.DefinitionList{{'t', {'d1', 'd2'}}, {'t2', {'d3'}}}, pandoc.HorizontalRule(), pandoc.Div{pandoc.Para'i', pandoc.Para'j'}, pandoc.LineBlock{'l1', 'l2'}, pandoc.Header(1, 'h'), pandoc.RawBlock('html', '<x>')}
pandoc.utils.blocks_to_inlines(5)
pandoc.utils.blocks_to_inlines{'a'}
pandoc.utils.blocks_to_inlines{}
pandoc.utils.make_sections(true, nil, {pandoc.Para'p', pandoc.Header(1, 'a', {'ida', {'c'}, {k='v'}}), pandoc.Para'x', pandoc.Header(3, 'b'), pandoc.Para'y', pandoc.Header(2, 'c', {'', {'unnumbered'}}), pandoc.Div({pandoc.Header(2, 'd', {'idd'}), pandoc.Para'z'}, {'', {'w'}}), pandoc.Header(1, 'e')})
pandoc.utils.make_sections(false, 1, {pandoc.Header(3, 'a'), pandoc.Header(5, 'b'), pandoc.Header(3, 'c'), pandoc.Header(2, 'd'), pandoc.Header(4, 'e')})
pandoc.utils.make_sections(true, 2, {pandoc.Header(1, 'a'), pandoc.Header(2, 'b'), pandoc.Header(4, 'c')})
pandoc.utils.make_sections(true, nil, {pandoc.Div{pandoc.Para'q', pandoc.Header(1, 'in')}, pandoc.Header(1, 'after')})
pandoc.utils.make_sections(5)
pandoc.utils.to_roman_numeral(1999), pandoc.utils.to_roman_numeral(4), pandoc.utils.to_roman_numeral(4000), pandoc.utils.to_roman_numeral(0), pandoc.utils.to_roman_numeral(-5)
pandoc.utils.to_roman_numeral'x'
pandoc.utils.normalize_date'2024-01-05', pandoc.utils.normalize_date'5 January 2024', pandoc.utils.normalize_date'January 5, 2024', pandoc.utils.normalize_date'12/31/2024', pandoc.utils.normalize_date'20240105', pandoc.utils.normalize_date'2024', pandoc.utils.normalize_date'x'
pandoc.utils.normalize_date'Jan 5, 2024', pandoc.utils.normalize_date'05 Jan 2024', pandoc.utils.normalize_date'5 Jan 2024', pandoc.utils.normalize_date'Jan. 05, 2024', pandoc.utils.normalize_date'202401', pandoc.utils.normalize_date'1600-01-01', pandoc.utils.normalize_date'31 February 2024'
pandoc.utils.sha1'abc', pandoc.utils.sha1'', pandoc.sha1(('x'):rep(200))
PANDOC_VERSION, PANDOC_API_VERSION
PANDOC_VERSION >= '3.0', PANDOC_VERSION < {4}, PANDOC_VERSION == '3.10', PANDOC_VERSION > pandoc.utils.Version'2.17.1'
PANDOC_VERSION:must_be_at_least'2.0'
PANDOC_VERSION:must_be_at_least'99.1'
PANDOC_VERSION:must_be_at_least({4, 1}, 'need %s have %s')
pandoc.utils.Version'1.2.3', pandoc.utils.Version{4, 5}, pandoc.utils.Version(3)
pandoc.utils.Version'x'
pandoc.walk_block(pandoc.Para'a', {Str = function(s) return pandoc.Str(s.text .. '!') end})
pandoc.walk_inline(pandoc.Emph'a', {Str = function(s) return pandoc.Str(s.text .. '!') end})
pandoc.walk_block(5, {})
pandoc.walk_block(pandoc.Para'a', 5)
pandoc.Para'a b':walk{Str = function(s) return {} end}
pandoc.Para'a b':walk{Space = function(s) return pandoc.SoftBreak() end}
pandoc.Para'a':walk{Para = function(p) return pandoc.Plain'x' end}
pandoc.Para'a':walk{Str = function(s) return 'x y' end}
pandoc.Para'a':walk{Str = function(s) return {'x y', pandoc.Emph'z'} end}
pandoc.Para'a':walk{Str = function(s) return 5 end}
pandoc.Para'a':walk{Str = function(s) return true end}
pandoc.Para'a':walk{Str = function(s) return false end}
pandoc.Para'a':walk{Str = function(s) return pandoc.Para'x' end}
pandoc.Para'a':walk{Str = function(s) s.text = 'changed' end}
pandoc.Para'a':walk{Inline = function(s) return s.t == 'Str' and pandoc.Str'q' or nil end}
pandoc.Div{pandoc.Para'a'}:walk{Block = function(b) return pandoc.Str'x' end}
pandoc.Div{pandoc.Para'a'}:walk{Para = function(b) return 'x y' end}
pandoc.Div{pandoc.Para'a'}:walk{Para = function(b) return {pandoc.Str'x', pandoc.Space()} end}
pandoc.Div{pandoc.Para'a'}:walk{Para = function(b) return {} end}
pandoc.Div{pandoc.Para'a'}:walk{Para = function(b) return {b, pandoc.HorizontalRule()} end}
pandoc.Div{pandoc.Para'a'}:walk{Para = function(b) return 5 end}
pandoc.Div{pandoc.Para'a'}:walk{Blocks = function(b) return pandoc.Para'x' end}
pandoc.Div{pandoc.Para'a'}:walk{Blocks = function(b) return 5 end}
pandoc.Div{pandoc.Para'a'}:walk{Inlines = function(b) return 'new text' end}
pandoc.Div{pandoc.Para'a'}:walk{{Para = function() return {} end}}
pandoc.Div{pandoc.Div{pandoc.Para'a'}}:walk{traverse = 'topdown', Div = function(d) return d, false end, Para = function() return {} end}
pandoc.Div{pandoc.Div{pandoc.Para'a'}}:walk{traverse = 'topdown', Div = function(d) return d end, Para = function() return {} end}
local t = {} pandoc.Div{pandoc.Para{pandoc.Emph'a b'}}:walk{traverse = 'topdown', Inline = function(i) t[#t+1] = i.t end, Block = function(i) t[#t+1] = i.t end, Inlines = function() t[#t+1] = 'Inlines' end, Blocks = function() t[#t+1] = 'Blocks' end} return table.concat(t, ' ')
local t = {} pandoc.Div{pandoc.Para{pandoc.Emph'a b'}}:walk{Inline = function(i) t[#t+1] = i.t end, Block = function(i) t[#t+1] = i.t end, Inlines = function() t[#t+1] = 'Inlines' end, Blocks = function() t[#t+1] = 'Blocks' end} return table.concat(t, ' ')
local t = {} pandoc.Pandoc({pandoc.Para{pandoc.Note'n', pandoc.Image('alt', 's'), pandoc.Cite('c', {pandoc.Citation('k', 'NormalCitation', 'p', 's')})}, pandoc.Figure('f', {long='l', short='sh'}), pandoc.DefinitionList{{'t', {'d'}}}}, {m=pandoc.Inlines'meta'}):walk{Str = function(i) t[#t+1] = i.text end, Inlines = function(i) t[#t+1] = '[' .. #i .. ']' end, Blocks = function(i) t[#t+1] = '{' .. #i .. '}' end, Meta = function() t[#t+1] = 'Meta' end, Pandoc = function() t[#t+1] = 'Pandoc' end} return table.concat(t, ' ')
local t = {} pandoc.Pandoc({pandoc.Para{pandoc.Note'n', pandoc.Image('alt', 's'), pandoc.Cite('c', {pandoc.Citation('k', 'NormalCitation', 'p', 's')})}, pandoc.Figure('f', {long='l', short='sh'}), pandoc.DefinitionList{{'t', {'d'}}}}, {m=pandoc.Inlines'meta'}):walk{traverse = 'topdown', Str = function(i) t[#t+1] = i.text end, Inlines = function(i) t[#t+1] = '[' .. #i .. ']' end, Blocks = function(i) t[#t+1] = '{' .. #i .. '}' end, Meta = function() t[#t+1] = 'Meta' end, Pandoc = function() t[#t+1] = 'Pandoc' end} return table.concat(t, ' ')
pandoc.Pandoc('a', {x='y'}):walk{Meta = function(m) m.z = 'q' return m end}
pandoc.Pandoc('a'):walk{Pandoc = function(d) return pandoc.Pandoc{pandoc.HorizontalRule()} end}
pandoc.Pandoc('a'):walk{Pandoc = function(d) return 5 end}
pandoc.Pandoc('a'):walk{Meta = function(d) return 5 end}
pandoc.Cell'a':walk{Str = function() return 'z' end}, pandoc.Row{pandoc.Cell'a'}:walk{Str = function() return 'z' end}
pandoc.utils.stringify(pandoc.RawInline('html', '<br>')), pandoc.utils.stringify(pandoc.RawInline('html', '<brx')), pandoc.utils.stringify(pandoc.RawInline('HTML', '<br>')), pandoc.utils.stringify(pandoc.RawInline('html', '<BR>')), pandoc.utils.stringify(pandoc.RawInline('html5', '<br>'))
pandoc.utils.stringify(pandoc.Cite('x', {pandoc.Citation('k', 'NormalCitation', 'p', 's')})), pandoc.utils.stringify(pandoc.Citation('k', 'NormalCitation', 'p', 's')), pandoc.utils.stringify{pandoc.Cite('x', {pandoc.Citation('k', 'NormalCitation', 'p', 's')})}
pandoc.utils.stringify(pandoc.Pandoc({pandoc.Para'a'}, {a=pandoc.Inlines'x y', b='s', c={pandoc.Inlines'l', 'm'}, d=pandoc.Blocks'bb', e=true}))
pandoc.utils.stringify(pandoc.Meta{a=pandoc.Inlines'x y', b='s', c={pandoc.Inlines'l', 'm'}, d=pandoc.Blocks'bb', e=true}), pandoc.utils.stringify{a=true}, pandoc.utils.stringify{x={y='z'}}, pandoc.utils.stringify{'a', true, 5}
pandoc.utils.stringify(pandoc.Span({pandoc.Str'a'}, {'id'})), pandoc.utils.stringify(pandoc.Note'x'), pandoc.utils.stringify(pandoc.Emph{pandoc.Note'x', 'b'})
local t = pandoc.Table({}, {}, pandoc.TableHead{}, {}, pandoc.TableFoot{}) local n = 0 t:walk{Blocks=function(b) n = n + 1 end} return n
local t = pandoc.Table({}, {}, pandoc.TableHead{}, {}, pandoc.TableFoot{}) local n = 0 pandoc.Blocks{t}:walk{Blocks=function(b) n = n + 1 end} return n
local t = pandoc.Table({}, {}, pandoc.TableHead{}, {}, pandoc.TableFoot{}) local n = 0 pandoc.Div{t}:walk{Blocks=function(b) n = n + 1 end} return n
local t = pandoc.Table({}, {}, pandoc.TableHead{}, {}, pandoc.TableFoot{}) local n = 0 pandoc.Div{t}:walk{traverse='topdown', Blocks=function(b) n = n + 1 end} return n
local t = pandoc.Table({}, {}, pandoc.TableHead{}, {}, pandoc.TableFoot{}) local n = 0 t:walk{traverse='topdown', Blocks=function(b) n = n + 1 end} return n
local t = pandoc.Figure({}) local n = 0 t:walk{Blocks=function(b) n = n + 1 end} return n
pandoc.Figure({}):walk{Blocks=function(b) return {pandoc.Para 'x'} end}
pandoc.Table({}, {}, pandoc.TableHead{}, {}, pandoc.TableFoot{}):walk{Blocks=function(b) return {pandoc.Para 'x'} end}
pandoc.Image({}, 'x'):walk{Inlines=function(b) return {pandoc.Str 'x'} end}
pandoc.Para{pandoc.Image({}, 'x'), pandoc.Link({}, 'x'), pandoc.Cite({}, {pandoc.Citation('k', 'NormalCitation')})}:walk{Inlines=function(b) return {pandoc.Str 'x', table.unpack(b)} end}
pandoc.Div{}:walk{Blocks=function(b) return {pandoc.Para 'x'} end}
pandoc.DefinitionList{{{}, {}}, {{}, {{}}}}:walk{Blocks=function(b) return {pandoc.Para 'x'} end, Inlines=function() return 'y' end}
pandoc.BulletList{{}, {}}:walk{Blocks=function(b) return {pandoc.Para 'x'} end}
pandoc.LineBlock{{}, {}}:walk{Inlines=function(b) return {pandoc.Str 'x'} end}
pandoc.Pandoc{pandoc.Para{'a', 'b', pandoc.Space(), pandoc.SoftBreak(), pandoc.Emph'x', pandoc.Emph{'y', pandoc.Space(), pandoc.Space(), 'z'}, pandoc.Strong{}, pandoc.Strong{}, pandoc.LineBreak(), pandoc.Space(), pandoc.LineBreak()}}:normalize()
pandoc.Pandoc({pandoc.Para{pandoc.Link({'a', 'b'}, 'u'), pandoc.Link({'a', 'b'}, 'u'), pandoc.Note{pandoc.Para{'n', 'm'}}, pandoc.Image({'i', 'j'}, 's'), pandoc.SmallCaps'a', pandoc.SmallCaps'b', pandoc.Span'a', pandoc.Span'b', pandoc.Quoted('SingleQuote', 'a'), pandoc.Quoted('SingleQuote', 'b')}}, {t = pandoc.Inlines{'x', 'y'}, l = {pandoc.Inlines{'x', 'y'}}, s='q'}):normalize()
pandoc.Pandoc{pandoc.Table({long={pandoc.Plain{'a', 'b'}}, short={'x', 'y'}}, {{'AlignLeft'}, {'AlignRight'}}, pandoc.TableHead{}, {pandoc.TableBody{pandoc.Row{pandoc.Cell'a'}}}, pandoc.TableFoot{})}:normalize()
pandoc.Pandoc{pandoc.Table({}, {{'AlignLeft'}, {'AlignRight'}}, pandoc.TableHead{pandoc.Row{}}, {pandoc.TableBody({pandoc.Row{pandoc.Cell'a', pandoc.Cell('b', nil, 1, 3), pandoc.Cell'c'}, pandoc.Row{pandoc.Cell('x', nil, 3)}, pandoc.Row{}}, {pandoc.Row{pandoc.Cell'h'}}, 5)}, pandoc.TableFoot{pandoc.Row{pandoc.Cell('f', nil, 0, 0)}})}:normalize()
pandoc.Pandoc{pandoc.Table({}, {}, pandoc.TableHead{}, {}, pandoc.TableFoot{})}:normalize()
pandoc.Pandoc{pandoc.Table({}, {{'AlignLeft'}, {'AlignRight'}, {'AlignLeft'}}, pandoc.TableHead{pandoc.Row{pandoc.Cell('h', nil, 2, 2)}, pandoc.Row{pandoc.Cell'q', pandoc.Cell'r'}}, {pandoc.TableBody({pandoc.Row{pandoc.Cell('a', nil, 2, 1), pandoc.Cell'b'}, pandoc.Row{pandoc.Cell'c', pandoc.Cell('d', nil, 9, 9)}}, {}, 1), pandoc.TableBody({pandoc.Row{pandoc.Cell('a', nil, 2, 2)}}, {}, -1)}, pandoc.TableFoot{})}:normalize()
pandoc.Pandoc{pandoc.Para{}, pandoc.Plain{}, pandoc.BulletList{{}, {}}, pandoc.LineBlock{{'a', 'b'}, {}}, pandoc.DefinitionList{{{'a','b'}, {{pandoc.Plain{'c','d'}}}}}, pandoc.Figure({}, {long={pandoc.Plain{'a','b'}}, short={'x','y'}}), pandoc.Header(1, {'a', 'b'})}:normalize()
pandoc.Pandoc{pandoc.Para{pandoc.Cite({'a', 'b'}, {pandoc.Citation('k', 'NormalCitation', {'p', 'q'}, {'s', 't'})}), pandoc.Str'', pandoc.Str'', pandoc.Emph{pandoc.Emph{'a', 'b'}}, pandoc.Emph{pandoc.Emph{'c'}}}}:normalize()
local t = pandoc.Table({}, {{'AlignLeft'}, {'AlignRight'}}, pandoc.TableHead{pandoc.Row{}}, {pandoc.TableBody({pandoc.Row({pandoc.Cell('a', nil, 1, 1, {'cid'})}, {'rid'})}, {}, 1, {'bid'})}, pandoc.TableFoot{}, {'tid'}) local d = pandoc.Pandoc{t} local n = d:normalize() return n, d == n
local d = pandoc.Pandoc{pandoc.Para{'a', 'b'}} d:normalize() return d
pandoc.TableBody({}, {}, -1)
