pandoc.List{1, 2}, pandoc.List{}, pandoc.List()
pandoc.List:new{1, 2}, pandoc.List:new()
pandoc.List(5)
pandoc.List{1, 2} == pandoc.List{1, 2}, pandoc.List{1} == pandoc.List{2}, pandoc.List{1} == {1}
pandoc.List{1, 2} .. pandoc.List{3}, pandoc.List{1, 2} .. {3}
{1} .. pandoc.List{2}
local l = pandoc.List{1, 2} l:insert(3) l:insert(1, 0) return l
local l = pandoc.List{1, 2, 3} return l:remove(), l:remove(1), l
local l = pandoc.List{1, 2} l:extend{3, 4} return l
local l = pandoc.List{1, 2} return l:extend{3}
pandoc.List{1, 2, 3}:includes(2), pandoc.List{1, 2, 3}:includes(9), pandoc.List{1, 2, 3}:includes(1, 2)
pandoc.List{'a', 'b'}:find('b'), pandoc.List{'a', 'b'}:find('c')
pandoc.List{'a', 'b'}:find('a', 2)
pandoc.List{1, 2, 3}:find_if(function(x) return x > 1 end)
pandoc.List{1, 2, 3}:find_if(function(x) return x > 5 end)
pandoc.List{1, 2, 3}:filter(function(x) return x > 1 end)
pandoc.List{1, 2, 3}:map(function(x, i) return x * 10 + i end)
pandoc.List{1, 2, 3}:clone()
pandoc.List{1, 2, 3}:at(2), pandoc.List{1, 2, 3}:at(-1), pandoc.List{1, 2, 3}:at(9), pandoc.List{1, 2, 3}:at(9, 'd')
pandoc.List{3, 1, 2}:sort()
local l = pandoc.List{3, 1, 2} l:sort() return l
local l = pandoc.List{3, 1, 2} l:sort(function(a, b) return a > b end) return l
local t = {} for x in pandoc.List{1, 2, 3}:iter() do t[#t + 1] = x end return table.concat(t, ' ')
local t = {} for x in pandoc.List{1, 2, 3, 4}:iter(2) do t[#t + 1] = x end return table.concat(t, ' ')
local t = {} for x in pandoc.List{1, 2, 3, 4}:iter(-1) do t[#t + 1] = x end return table.concat(t, ' ')
pandoc.List(('a b c'):gmatch('%a'))
#pandoc.List{1, 2}, pandoc.List{1, 2}[2], pandoc.List{1}[5]
pandoc.utils.type(pandoc.List{}), pandoc.utils.type(pandoc.Inlines{}), pandoc.utils.type(pandoc.Blocks{})
pandoc.utils.type(pandoc.Inlines'a b':map(tostring)), pandoc.utils.type(pandoc.Inlines'a b':filter(function() return true end))
pandoc.utils.type(pandoc.Inlines'a' .. pandoc.List{}), pandoc.utils.type(pandoc.List{} .. pandoc.Inlines'a')
pandoc.Inlines'a b':includes(pandoc.Space()), pandoc.Inlines'a b':find(pandoc.Str'b')
pandoc.Blocks{pandoc.Para'a'}:includes(pandoc.Para'a')
pandoc.Inlines'a b':clone(), pandoc.Blocks'x':clone()
pandoc.Inlines'a b':at(1)
local l = pandoc.Inlines'a' l:insert 'b' return tostring(l)
local l = pandoc.Inlines'a' l:insert(5) return tostring(l)
local l = pandoc.Inlines'a' l:insert(pandoc.Str'c') l:insert(1, pandoc.Space()) return l
local l = pandoc.Inlines'a b c' l:remove(2) return l
pandoc.Inlines'a b':walk{Str = function(s) return s.text:upper() end}
pandoc.Inlines'a b':walk{Inlines = function(l) return l .. {pandoc.Str'!'} end}
pandoc.Blocks{pandoc.Para'a'}:walk{Para = function(p) return pandoc.Plain(p.content) end}
pandoc.Blocks{pandoc.Para'a'}:walk{Blocks = function(b) return {pandoc.HorizontalRule(), table.unpack(b)} end}
pandoc.Attr(), pandoc.Attr'a', pandoc.Attr('a', {'b', 'c'}, {k='v'})
pandoc.Attr('a', {'b'}, {{'x', '1'}, {'a', '2'}})
pandoc.Attr{id='x', class='a b', k='v'}, pandoc.Attr{'i', {'c'}}
pandoc.Attr(5)
pandoc.Attr(nil, {'c'})
pandoc.Attr('', {'c'})
pandoc.Attr('a') == pandoc.Attr('a'), pandoc.Attr('a') == pandoc.Attr('b'), pandoc.Attr('a', {'c'}) == pandoc.Attr('a')
pandoc.Attr('a').identifier, pandoc.Attr('a', {'c'}).classes, pandoc.Attr('a', {}, {k='v'}).attributes.k
pandoc.Attr('a').t, pandoc.Attr('a').tag, pandoc.Attr('a').foo
local a = pandoc.Attr('a') a.identifier = 'b' a.classes = {'x'} a.attributes = {k='v'} return a
local a = pandoc.Attr('a') a.classes:insert'x' a.attributes.q = 'w' return a
local a = pandoc.Attr('a') a.foo = 1
local a = pandoc.Attr('a') a.tag = 1
local a = pandoc.Attr('a', {'x'}) local b = a:clone() b.classes:insert'y' return a, b
local t = {} for k in pairs(pandoc.Attr'a') do t[#t + 1] = k end return table.concat(t, ' ')
local a = pandoc.AttributeList{{'a', '1'}, {'b', '2'}} return #a, a.a, a[1][1], a[2][2], a.c, a[3]
local a = pandoc.AttributeList{{'a', '1'}, {'b', '2'}} a.a = nil a.c = '3' a.b = '9' local t = {} for k, v in pairs(a) do t[#t + 1] = k .. v end return table.concat(t, ' ')
local a = pandoc.AttributeList{{'a', '1'}} a[1] = {'z', '0'} a[2] = {'y', '1'} return a.z, a.y, #a
local a = pandoc.AttributeList{{'a', '1'}} a[1] = 'q' return a.a
local a = pandoc.AttributeList{{'a', '1'}} a[1] = nil return #a
local a = pandoc.AttributeList{} a.k = 5 return a.k
local a = pandoc.AttributeList{} a.k = {} return a.k
local a = pandoc.AttributeList{} a.k = true return a.k
pandoc.AttributeList{{'a', '1'}} == pandoc.AttributeList{{'a', '1'}}
pandoc.AttributeList(5)
pandoc.ListAttributes() == pandoc.ListAttributes(), pandoc.ListAttributes() == pandoc.ListAttributes(2)
pandoc.ListAttributes(2, 'Decimal', 'Period').start, pandoc.ListAttributes(2, 'Decimal', 'Period').style, pandoc.ListAttributes().delimiter
pandoc.ListAttributes('x')
local a = pandoc.ListAttributes() a.start = 5 local b = a:clone() b.start = 6 return a.start, b.start
pandoc.AlignLeft, pandoc.AlignDefault, pandoc.DisplayMath, pandoc.DoubleQuote, pandoc.AuthorInText, pandoc.LowerRoman, pandoc.TwoParens, pandoc.Example, pandoc.SuppressAuthor
pandoc.AttributeList{{'a', '1'}, {'b', '\u{e9}'}}, pandoc.AttributeList{}, tostring(pandoc.Span('a', {'i', {}, {k = 'v'}}).attributes)
pandoc.List{1}:iter(0)
