pandoc.json.encode{1, 2, 3}, pandoc.json.encode{}, pandoc.json.encode{a = 1}, pandoc.json.encode'a"b\n\\/\1é'
pandoc.json.encode(1.5), pandoc.json.encode(3), pandoc.json.encode(3.0), pandoc.json.encode(1e100), pandoc.json.encode(-0.25), pandoc.json.encode(1e-7), pandoc.json.encode(0.1)
pandoc.json.encode(true), pandoc.json.encode(pandoc.json.null), pandoc.json.encode(nil)
pandoc.json.encode{1, nil, 3}, pandoc.json.encode{[1] = 1, x = 2}
pandoc.json.encode{{}, {{}}}, pandoc.json.encode(pandoc.List{}), pandoc.json.encode(pandoc.List{pandoc.List{}})
pandoc.json.encode(pandoc.Str'a'), pandoc.json.encode(pandoc.Para'a b'), pandoc.json.encode(pandoc.Inlines'a b')
pandoc.json.encode(pandoc.Blocks{}), pandoc.json.encode(pandoc.Inlines{}), pandoc.json.encode{x = pandoc.Emph'a'}
pandoc.json.encode(pandoc.Attr('i', {'c'}, {k = 'v'})), pandoc.json.encode(pandoc.ListAttributes())
pandoc.json.encode(pandoc.Row{pandoc.Cell'a'}), pandoc.json.encode(pandoc.TableHead{})
pandoc.json.encode(pandoc.Meta{a = 'x', b = true})
pandoc.json.encode(print)
pandoc.json.encode{f = print}
pandoc.json.encode(setmetatable({}, {__tojson = function() return '"x"' end}))
pandoc.json.encode(setmetatable({}, {__tojson = function() return 5 end}))
pandoc.json.encode{[true] = 1}
pandoc.json.encode{[1.5] = 1}
math.type(pandoc.json.decode'5'), math.type(pandoc.json.decode'1e2'), math.type(pandoc.json.decode'1.0'), math.type(pandoc.json.decode'1.5')
pandoc.json.decode'{"t":"Str","c":"a"}', pandoc.json.decode'{"t":"Space"}', pandoc.json.decode'[{"t":"Str","c":"a"}]', pandoc.json.decode'{"t":"Para","c":[]}'
pandoc.json.decode('{"t":"Str","c":"a"}', false).t, pandoc.json.decode('[{"t":"Str","c":"a"}]', false)[1].c
pandoc.utils.type(pandoc.json.decode'{"pandoc-api-version":[1,23],"meta":{},"blocks":[]}'), pandoc.utils.type(pandoc.json.decode'[{"t":"Para","c":[]}]'), pandoc.utils.type(pandoc.json.decode'[]')
pandoc.json.decode'{"t":"Nope"}'.t, pandoc.json.decode'{"a":{"t":"Str","c":"a"}}'.a.t, pandoc.json.decode'[[{"t":"Str","c":"a"}]]'[1][1].t
pandoc.json.decode'{'
pandoc.json.decode''
pandoc.json.decode'[1,]'
pandoc.json.decode'nope'
pandoc.json.decode(5)
pandoc.json.decode{}
pandoc.json.decode'"\\u4e2d\\ud83d\\ude00\\n"', pandoc.json.decode' [ ] ' [1]
pandoc.json.decode'12345678901234567890', pandoc.json.decode'9007199254740993'
#pandoc.json.decode'[1,2,3]', pandoc.json.decode'[1,2]':map(function(x) return x * 2 end)
pandoc.json.encode(pandoc.json.decode'{"b":[1,null,{"c":false}],"a":1.50}')
pandoc.json.decode(pandoc.json.encode{b = 1, a = {c = true, b = 'x'}, ['中'] = 0})['中']
pandoc.json.decode(pandoc.json.encode(pandoc.Pandoc({pandoc.Para'a b'}, {k = 'v', l = {pandoc.Str'q'}})))
pandoc.json.decode(pandoc.json.encode(pandoc.Citation('a', 'NormalCitation', {pandoc.Str'p'})), false).citationPrefix[1].c, pandoc.json.encode(pandoc.Cell'a')
pandoc.json.decode(pandoc.json.encode{a = setmetatable({}, {__tojson = function() return '{"z":1,  "y":[ 2 ]}' end})}).a.y[1]
pandoc.json.decode'[1, 2.5, "a", true]', pandoc.json.decode'[1]'[1], pandoc.utils.type(pandoc.json.decode'[1]'), pandoc.utils.type(pandoc.json.decode'{}')
pandoc.json.decode'{"a": {"b": [1, {}]}}'.a.b[1], pandoc.json.decode'5', pandoc.json.decode'"x"', pandoc.json.decode'true', pandoc.json.decode'1e2', pandoc.json.decode'1.0', pandoc.json.decode'-7'
pandoc.json.decode'null' == pandoc.json.null, type(pandoc.json.null), pandoc.json.decode'[null]'[1] == pandoc.json.null
pandoc.json.encode(12345678.5), pandoc.json.encode(1234567.25), pandoc.json.encode(0.05), pandoc.json.encode(1e15), pandoc.json.encode(123456789012345680.0), pandoc.json.encode(-0.0)
pandoc.json.decode(pandoc.json.encode(pandoc.Table({long = 'c'}, {{'AlignLeft', 0.5}}, pandoc.TableHead{pandoc.Row{pandoc.Cell'h'}}, {pandoc.TableBody{pandoc.Row{pandoc.Cell'a'}}}, pandoc.TableFoot{}, {'i'}))), pandoc.json.decode(pandoc.json.encode(pandoc.Div({pandoc.Note{pandoc.Para'x'}}, {'i', {'c'}, {k = 'v'}})))
local b = pandoc.json.decode(pandoc.json.encode(pandoc.Blocks{pandoc.Para'a', pandoc.Header(1, 'h')})) b:insert(pandoc.Para'z') b[1].content[1].text = 'q' return b
pandoc.json.encode{1, 2, x = 3}, pandoc.json.encode{'a', {'b', {c = {}}}}
