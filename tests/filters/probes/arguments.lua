pandoc.List{1,2,3}:extend()
pandoc.List{1,2,3}:map()
#pandoc.List{1,2,3}:map(function(x) if x ~= 2 then return x end end)
pandoc.List{1,2,3}:map(setmetatable({}, {__call = function(_, x) return x * 2 end}))
pandoc.List{1,2,3}:filter()
pandoc.List{1,2,3}:find_if()
pandoc.List{1,2,3}:at()
pandoc.List.filter({1,2}, function(x) return x == 1 end)
pandoc.utils.type(pandoc.List.filter({1,2}, function(x) return x == 1 end))
pandoc.List.clone()
pandoc.List.includes(5, 5)
pandoc.Inlines'a b':walk()
pandoc.Attr('a', {'b'}, {k={}})
pandoc.Attr('a', {'b'}, {{'k'}})
pandoc.Attr{id='x', class={'a','b'}}
pandoc.Attr{identifier='x', classes={'a'}}
pandoc.Attr{{'i'}}
pandoc.List{1,2,3}:filter(setmetatable({}, {__call = function(_, x) return x == 2 end}))
pandoc.List{1,2,3}:find_if(setmetatable({}, {__call = function(_, x) return x == 2 end}))
pandoc.List.includes()
pandoc.List.includes('x', 5)
pandoc.List.at(5, 5)
pandoc.List.iter()
pandoc.Para'a':walk()
pandoc.Blocks'a':walk()
pandoc.Pandoc'a':walk()
pandoc.Cell'a':walk()
pandoc.Str'a':walk()
pandoc.walk_block(pandoc.Para'a')
pandoc.walk_inline(pandoc.Para'a', {})
pandoc.walk_inline({'a', 'b'}, {})
pandoc.Attr('a', {'b'}, {x='1', k={}})
pandoc.Attr('a', {'b'}, {{'x', '1'}, {'k'}})
pandoc.Attr('a', {'b'}, {{}})
pandoc.Attr('a', {'b'}, {{'k', {}}})
pandoc.Attr('a', {'b'}, {k=true})
pandoc.Attr('a', {'b'}, {[true]='x'})
pandoc.Span('x', {'a', {'b'}, {k={}}})
pandoc.Span('x', {id='a', k={}})
pandoc.Span('x', {{'a'}})
pandoc.Span('x', {nil, {'b'}, {k='v'}})
pandoc.Span('x', {'', {{}}, {k='v'}})
pandoc.Span('x', {class=true})
pandoc.Span('x', {id={}})
pandoc.Span('x', {[true]='z'})
pandoc.Span('x', {[2]={'z'}})
local s = pandoc.Span'x' s.attr = {k={}} return s
local s = pandoc.Span'x' s.attr = {{'a'}} return s
local s = pandoc.Span'x' s.attributes = {k={}} return s
local s = pandoc.Span'x' s.attributes = {{'k'}} return s
local s = pandoc.Span'x' s.attributes = {x={}} return s
local s = pandoc.Span'x' s.attributes[1] = {'k', {}} return s
local s = pandoc.Span'x' return s.attributes[1.5]
local s = pandoc.Span'x' s.attributes[1.5] = 'x' return s
local s = pandoc.Span'x' s.classes = {{}} return s
local s = pandoc.Span'x' s.classes[1] = {} return tostring(s)
local s = pandoc.Span'x' s.classes:insert(true) return tostring(s)
pandoc.AttributeList{{'a', {}}}
pandoc.AttributeList{'a', 'b'}
pandoc.types.Version()
pandoc.types.Version(nil)
pandoc.types.Version''
pandoc.types.Version'1.'
pandoc.types.Version'.1'
pandoc.types.Version'1..2'
pandoc.types.Version'1.2-beta'
pandoc.types.Version(1.5)
pandoc.types.Version(-1)
pandoc.types.Version{1,'x'}
pandoc.types.Version{'1.2'}
pandoc.types.Version(true)
pandoc.types.Version'1.2' < 'x'
pandoc.types.Version'1.2' < nil
pandoc.types.Version'1.2' < true
local v = pandoc.types.Version'1.2' v.x = 3
PANDOC_VERSION:must_be_at_least'x'
PANDOC_VERSION:must_be_at_least()
pandoc.utils.stringify(PANDOC_VERSION)
pandoc.utils.stringify(pandoc.AttributeList{{'a', 'b'}})
pandoc.utils.stringify(pandoc.Row{pandoc.Cell'x'})
pandoc.utils.stringify(pandoc.SimpleTable('c', {'AlignLeft'}, {0}, {'h'}, {{'x'}}))
pandoc.Emph{setmetatable({}, {__toinline = function() return 'x' end})}
pandoc.Emph{setmetatable({}, {__toinline = function() error'x' end})}
pandoc.Emph{setmetatable({}, {__toinline = 5})}
pandoc.utils.normalize_date(pandoc.Inlines'x')
pandoc.utils.sha1{}
pandoc.utils.sha1()
pandoc.utils.from_simple_table()
pandoc.utils.from_simple_table(5)
pandoc.utils.to_simple_table()
pandoc.json.encode()
pandoc.json.encode(pandoc.Caption'a')
pandoc.json.decode'{"a":1,"a":2}'.a
pandoc.json.decode'1e400', pandoc.json.decode'1e-400', pandoc.json.decode'123456789012345678901234567890'
pandoc.json.decode'{"pandoc-api-version":[1,22],"meta":{},"blocks":[]}'
local c = pandoc.Citation{id='a', mode='NormalCitation'} return c
local t = pandoc.Table({long='c'}, {{'AlignLeft', 0}}, pandoc.TableHead{}, {}, pandoc.TableFoot{}) return tostring(t), t.colspecs[1][2]
pandoc.Cell({}, 'AlignLeft', 'x')
pandoc.types.Version'1.2 '
pandoc.types.Version' 1.2'
pandoc.types.Version'1.2.'
pandoc.types.Version'1.2.x'
pandoc.types.Version'1.2x.3'
pandoc.types.Version'1.2-3.4'
pandoc.types.Version'1-'
pandoc.types.Version'x1'
pandoc.types.Version'-1'
pandoc.types.Version'1.-2'
pandoc.types.Version'1.2-beta-3_4'
pandoc.types.Version'1.2-béta'
pandoc.types.Version'1.2-'
pandoc.types.Version'1.2 beta'
pandoc.types.Version'1.2+b'
pandoc.types.Version'1.2-beta' == pandoc.types.Version'1.2', pandoc.types.Version'1.2-beta' > pandoc.types.Version'1.2'
pandoc.types.Version(2.0)
pandoc.types.Version{1, 'x'}
pandoc.types.Version(pandoc.Str'x')
PANDOC_VERSION < 'x'
'x' < PANDOC_VERSION
PANDOC_VERSION < nil
PANDOC_VERSION < 1.5
PANDOC_VERSION <= true
PANDOC_VERSION:must_be_at_least(true)
PANDOC_VERSION.must_be_at_least()
PANDOC_VERSION.must_be_at_least('x', '1')
local v = pandoc.types.Version'1.2' v.must_be_at_least = 3
pandoc.json.encode(pandoc.Caption('a', 'b')), pandoc.json.encode(pandoc.Caption()), pandoc.json.encode(pandoc.Figure('x', 'y')), pandoc.Caption('a'):clone()
pandoc.json.decode(pandoc.json.encode(pandoc.Table({}, {{'AlignLeft', 0}}, pandoc.TableHead{}, {}, pandoc.TableFoot{}))).colspecs[1][2]
pandoc.write(pandoc.Pandoc{pandoc.Table({}, {{'AlignLeft', 0}}, pandoc.TableHead{}, {pandoc.TableBody{pandoc.Row{pandoc.Cell'a'}}}, pandoc.TableFoot{})}, 'native')
pandoc.Pandoc({}, {a=1e20, b=-0.0, c=1e15, d=123456789.125, f=1/0, g=2^53, h=3.0, i=0.05, j=12, k=-1.5, l=-1/0})
pandoc.Pandoc({}, {a=1.5}).meta.a, pandoc.MetaString(1e20), pandoc.Meta{a=1e20}.a
pandoc.json.decode'{"a":1,"a":2}'.a, pandoc.json.decode'1e400', pandoc.json.decode'-1e400', pandoc.json.decode'1e-400'
pandoc.utils.type(pandoc.json.decode'{"pandoc-api-version":[1,22],"meta":{},"blocks":[]}'), pandoc.utils.type(pandoc.json.decode'{"pandoc-api-version":[1,23,5],"meta":{},"blocks":[]}'), pandoc.utils.type(pandoc.json.decode'{"pandoc-api-version":"x","meta":{},"blocks":[]}'), pandoc.utils.type(pandoc.json.decode'{"pandoc-api-version":[1],"meta":{},"blocks":[]}')
pandoc.Para'a':walk(), pandoc.Blocks'a':walk(), pandoc.Inlines'a':walk(), pandoc.Pandoc'a':walk(), pandoc.Cell'a':walk(), pandoc.Str'a':walk(), pandoc.walk_block(pandoc.Para'a'), pandoc.walk_inline(pandoc.Str'a')
#pandoc.List{1,2,3}:map(function(x) if x ~= 2 then return x end end), #pandoc.List{1,2,3}:map(function(x) end)
pandoc.List{1,2,3}:map(setmetatable({}, {__call = function(_, x) return x * 2 end})), pandoc.List{1,2,3}:filter(setmetatable({}, {__call = function(_, x) return x == 2 end})), pandoc.List{1,2,3}:find_if(setmetatable({}, {__call = function(_, x) return x == 2 end}))
pandoc.List.filter({1,2}, function(x) return x == 1 end), pandoc.utils.type(pandoc.List.filter({1,2}, function(x) return x == 1 end))
local t = {} for x in pandoc.List{1,2,3,4}:iter(1, 3) do t[#t + 1] = x end for x in pandoc.List{1,2,3,4}:iter(-1, 2) do t[#t + 1] = x end return table.concat(t, ' ')
pandoc.utils.stringify(pandoc.TableBody{pandoc.Row{pandoc.Cell'x'}})
pandoc.utils.stringify(pandoc.types.Version'1.2')
pandoc.utils.stringify(pandoc.layout.literal'x')
pandoc.utils.stringify(io.stdout)
pandoc.utils.stringify(coroutine.create(print))
pandoc.utils.stringify(pandoc.ReaderOptions{})
pandoc.utils.stringify(pandoc.AttributeList{})
pandoc.Citation()
pandoc.Citation({}, 'NormalCitation')
pandoc.Cell('x', nil, 1.5)
pandoc.Cell('x', nil, 1, {})
pandoc.with_state({nope=1}, function() return 1 end)
pandoc.write(pandoc.Pandoc({pandoc.Para'a'}, {title='T'}), 'gfm', {template='$title$'})
pandoc.write(pandoc.Pandoc({pandoc.Para'a'}, {title='T'}), 'plain', {template='$title$'})
pandoc.write(pandoc.Pandoc({pandoc.Para'a'}, {title='T'}), 'commonmark', {template='$body$|'})
pandoc.write(pandoc.Pandoc({pandoc.Para'a'}, {title='T'}), 'native', {template='$title$'})
pandoc.write(pandoc.Pandoc({pandoc.Para'a'}, {title='T'}), 'native', {template='$body$'})
pandoc.write(pandoc.Pandoc({pandoc.Para'a'}, {title='T'}), 'gfm', {template=''})
pandoc.read('a\xffb', 'gfm')
pandoc.read('a\xffb', 'markdown')
pandoc.read('a\xffb', 'html')
pandoc.read('中\xe4\xb8', 'gfm')
pandoc.read('\xc0\x80', 'gfm')
pandoc.read('\xed\xa0\x80', 'gfm')
pandoc.read('a\xe9b', 'commonmark')
pandoc.template.apply('$x$|', {x=pandoc.layout.literal'a' .. pandoc.layout.blankline})
pandoc.template.apply('$x$', {x=pandoc.layout.literal'a' .. pandoc.layout.blankline})
pandoc.template.apply('$x$|', {x='a\n\n'})
tostring(pandoc.template.apply('$x$', {x='a\n\n'}))
pandoc.structure.unique_identifier({pandoc.Str'x'}, {'x'}), pandoc.structure.unique_identifier({pandoc.Str'x'}, {x=true, ['x-1']=true, ['x-3']=true}), pandoc.structure.unique_identifier({pandoc.Str'x'}, {x=false}), pandoc.structure.unique_identifier({pandoc.Str'x'}, {x=1}), pandoc.structure.unique_identifier({pandoc.Str'x'}, nil)
pandoc.structure.unique_identifier({pandoc.Str'x'}, 'x')
pandoc.structure.unique_identifier({pandoc.Str'x'}, 5)
pandoc.structure.unique_identifier({pandoc.Str'x'}, pandoc.Str'x')
pandoc.structure.table_of_contents({pandoc.Header(1, 'a', {'a'})}, 5)
pandoc.structure.table_of_contents({pandoc.Header(1, 'a', {'a'})}, {nope = 1})
pandoc.structure.table_of_contents({pandoc.Header(1, 'a', {'a'}), pandoc.Header(2, 'b', {'b'})}, {toc_depth='x'})
