pandoc.layout.empty, pandoc.layout.space, pandoc.layout.cr, pandoc.layout.blankline
pandoc.utils.type(pandoc.layout.empty), type(pandoc.layout.literal'a')
pandoc.layout.literal'a b', pandoc.layout.literal'a\nb', pandoc.layout.literal'', pandoc.layout.literal'a' .. 'b'
pandoc.layout.literal'a' + pandoc.layout.literal'b', pandoc.layout.literal'a' // 'b', pandoc.layout.literal'a' / 'b'
'a' .. pandoc.layout.space .. 'b', pandoc.layout.space .. 'x', 'x' .. pandoc.layout.space, pandoc.layout.space .. pandoc.layout.space
'a' .. pandoc.layout.cr .. 'b', 'a' .. pandoc.layout.cr .. pandoc.layout.cr .. 'b', 'a' .. pandoc.layout.blankline .. pandoc.layout.blankline .. 'b', 'a' .. pandoc.layout.blanklines(2) .. 'b'
pandoc.layout.cr .. 'a' .. pandoc.layout.cr, pandoc.layout.blankline .. 'a' .. pandoc.layout.blankline
pandoc.layout.concat{'a', 'b', 'c'}, pandoc.layout.concat({'a', 'b', 'c'}, ', '), pandoc.layout.concat({'a', 'b'}, pandoc.layout.cr), pandoc.layout.concat{}
pandoc.layout.braces'a', pandoc.layout.brackets'a', pandoc.layout.parens'a', pandoc.layout.quotes'a', pandoc.layout.double_quotes'a'
pandoc.layout.inside('a', '<', '>'), pandoc.layout.nest(pandoc.layout.concat({'a', 'b'}, pandoc.layout.cr), 2), pandoc.layout.hang('a' .. pandoc.layout.cr .. 'b', 4, '1. ')
pandoc.layout.prefixed('a' .. pandoc.layout.cr .. 'b', '> '), pandoc.layout.prefixed('a' .. pandoc.layout.blankline .. 'b', '> '), 'x' .. pandoc.layout.cr .. pandoc.layout.prefixed('a', '- ')
pandoc.layout.chomp('a' .. pandoc.layout.cr), pandoc.layout.chomp('a' .. pandoc.layout.blankline) .. 'b', pandoc.layout.chomp(pandoc.layout.literal'a\n\n') .. '|'
pandoc.layout.nestle(pandoc.layout.cr .. 'a'), pandoc.layout.nestle(pandoc.layout.blankline .. 'a')
pandoc.layout.nowrap('a' .. pandoc.layout.space .. 'b'), pandoc.layout.flush('a'), pandoc.layout.nest(pandoc.layout.flush'a', 3)
pandoc.layout.before_non_blank('x', pandoc.layout.empty), pandoc.layout.after_break'x', 'a' .. pandoc.layout.after_break'x', 'a' .. pandoc.layout.cr .. pandoc.layout.after_break'x'
pandoc.layout.before_non_blank'x' .. 'a', pandoc.layout.before_non_blank'x' .. pandoc.layout.space .. 'a'
pandoc.layout.render(pandoc.layout.concat({'aaa', 'bbb', 'ccc'}, pandoc.layout.space), 8), pandoc.layout.render(pandoc.layout.concat({'aaa', 'bbb', 'ccc'}, pandoc.layout.space))
pandoc.layout.render(pandoc.layout.concat({'中文', '中文', '中文'}, pandoc.layout.space), 8)
pandoc.layout.render(pandoc.layout.prefixed(pandoc.layout.concat({'aaa', 'bbb', 'ccc'}, pandoc.layout.space), '> '), 8)
pandoc.layout.render(pandoc.layout.nest(pandoc.layout.concat({'aaa', 'bbb', 'ccc'}, pandoc.layout.space), 3), 8)
pandoc.layout.render(pandoc.layout.hang(pandoc.layout.concat({'aaa', 'bbb', 'ccc'}, pandoc.layout.space), 4, '1.  '), 8)
pandoc.layout.render('a' .. pandoc.layout.space .. pandoc.layout.cr .. 'b', 20), pandoc.layout.render('a', 5)
pandoc.layout.lblock('ab', 6), pandoc.layout.rblock('ab', 6), pandoc.layout.cblock('ab', 6), pandoc.layout.lblock('ab', 6) .. '|', pandoc.layout.rblock('ab', 6) .. '|', pandoc.layout.cblock('ab', 6) .. '|'
pandoc.layout.lblock('a' .. pandoc.layout.cr .. 'b', 4) .. pandoc.layout.lblock('c', 3) .. '|'
pandoc.layout.lblock(pandoc.layout.concat({'aaa', 'bbb', 'ccc'}, pandoc.layout.space), 7) .. '|', pandoc.layout.lblock('abcdefgh', 3) .. '|'
pandoc.layout.vfill'|' .. pandoc.layout.lblock('a' .. pandoc.layout.cr .. 'b', 4) .. pandoc.layout.vfill'|'
pandoc.layout.height('a' .. pandoc.layout.cr .. 'b'), pandoc.layout.height'a', pandoc.layout.height(pandoc.layout.empty), pandoc.layout.height(pandoc.layout.blankline)
pandoc.layout.offset('abc' .. pandoc.layout.cr .. 'de'), pandoc.layout.offset'中文', pandoc.layout.min_offset('abc' .. pandoc.layout.space .. 'defg'), pandoc.layout.offset('abc' .. pandoc.layout.space .. 'defg')
pandoc.layout.is_empty(pandoc.layout.empty), pandoc.layout.is_empty'', pandoc.layout.is_empty'a', pandoc.layout.is_empty(pandoc.layout.space)
pandoc.layout.real_length'中文a', pandoc.layout.real_length'', pandoc.layout.real_length'e\u{301}'
pandoc.layout.update_column('abc', 5), pandoc.layout.update_column('a' .. pandoc.layout.cr .. 'bc', 5), pandoc.layout.update_column(pandoc.layout.cr, 5)
pandoc.layout.bold'a', pandoc.layout.italic'a', pandoc.layout.underlined'a', pandoc.layout.strikeout'a', pandoc.layout.fg('a', 'red'), pandoc.layout.bg('a', 'blue')
pandoc.layout.literal'a' == pandoc.layout.literal'a', pandoc.layout.literal'a' == 'a', pandoc.layout.empty == pandoc.layout.literal''
pandoc.layout.literal(5), pandoc.layout.literal(1.5)
pandoc.layout.literal(true)
pandoc.layout.concat(5)
pandoc.layout.nest('a')
pandoc.layout.render()
pandoc.layout.render('a', 'x')
pandoc.layout.render('a', 5, 'nope')
pandoc.layout.blanklines'x'
tostring(pandoc.layout.literal'a\nb'), #tostring(pandoc.layout.blankline)
pandoc.layout.render(('a' .. pandoc.layout.space .. 'b') .. pandoc.layout.blankline .. pandoc.layout.prefixed('c' .. pandoc.layout.blankline .. 'd', '  '))
(function() local l = pandoc.layout return l.render(l.nest('a' / l.nest('b' // 'c', 2) / 'd', 1)) end)()
pandoc.layout.literal'a' // pandoc.layout.empty // 'b', pandoc.layout.empty / 'x', pandoc.layout.literal'x' / pandoc.layout.empty
local d = pandoc.layout.empty for i = 1, 5000 do d = d .. 'x' .. pandoc.layout.cr end return #tostring(d)
local d = pandoc.layout.literal'x' for i = 1, 20 do d = pandoc.layout.nest(d, 1) end return tostring(d), pandoc.layout.offset(d)
pandoc.layout.chomp(pandoc.layout.nest('a' .. pandoc.layout.cr, 2)) .. '|', pandoc.layout.chomp(pandoc.layout.empty), pandoc.layout.chomp('a' .. pandoc.layout.space .. pandoc.layout.blankline) == pandoc.layout.literal'a'
pandoc.layout.concat({'a', pandoc.layout.empty, 'b'}, '-'), pandoc.layout.concat({pandoc.layout.literal'x', 5}), pandoc.layout.literal'a' + pandoc.layout.empty
pandoc.layout.nowrap('a' .. pandoc.layout.space .. 'b'), pandoc.layout.render(pandoc.layout.nowrap('aaa' .. pandoc.layout.space .. 'bbb') .. pandoc.layout.space .. 'c', 4)
pandoc.layout.lblock('a', 3) .. pandoc.layout.rblock('b', 3) .. pandoc.layout.cblock('c', 3) .. '|', 'x' .. pandoc.layout.lblock('a' .. pandoc.layout.cr .. 'b', 2) .. '|', pandoc.layout.prefixed(pandoc.layout.lblock('a' .. pandoc.layout.cr .. 'b', 2), '> ')
pandoc.layout.lblock('中文字', 4), pandoc.layout.lblock('', 4) .. '|', pandoc.layout.lblock('a', 0) .. '|', pandoc.layout.height(pandoc.layout.lblock('中文字', 4))
local d = pandoc.layout.empty for i = 1, 3000 do d = d .. 'x' .. pandoc.layout.space .. pandoc.layout.literal'y' end return #pandoc.layout.render(d, 40)
local d = pandoc.layout.literal'x y' return d:render(), d:height(), d:is_empty(), d:offset(), d:min_offset(), d:update_column(3), d:braces():render(), d:parens(), d:quotes(), d:double_quotes(), d:brackets()
local d = pandoc.layout.literal'x y' return d:hang(2, pandoc.layout.literal'- '), d:nest(2), d:prefixed'> ', d:inside(pandoc.layout.literal'<', pandoc.layout.literal'>'), d:cblock(9), d:lblock(9), d:rblock(9), d:flush(), d:nowrap(), d:nestle(), d:chomp(), d.nope, d:render(5)
local t = {} for k, v in pairs(PANDOC_VERSION) do t[#t+1] = k .. '=' .. v end return table.concat(t, ' ')
local t = {} for k, v in pairs(pandoc.Caption'x') do t[#t+1] = k .. '=' .. pandoc.utils.type(v) end return table.concat(t, ' ')
local t = {} for k, v in pairs(pandoc.Caption('x', 'y')) do t[#t+1] = k .. '=' .. pandoc.utils.type(v) end return table.concat(t, ' ')
local t = {} for k, v in pairs(pandoc.SimpleTable('c', {'AlignLeft'}, {0}, {'h'}, {{'x'}})) do t[#t+1] = k .. '=' .. pandoc.utils.type(v) end table.sort(t) return table.concat(t, ' ')
local t = {} for k, v in pairs(pandoc.layout.empty) do t[#t+1] = k end table.sort(t) return table.concat(t, ' ')
local t = {} for k, v in pairs(pandoc.Citation('k', 'NormalCitation')) do t[#t+1] = k .. '=' .. pandoc.utils.type(v) end return table.concat(t, ' ')
local t = {} for k, v in pairs(pandoc.Figure('k')) do t[#t+1] = k .. '=' .. pandoc.utils.type(v) end return table.concat(t, ' ')
