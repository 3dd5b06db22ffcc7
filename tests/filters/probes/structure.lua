pandoc.structure.make_sections{pandoc.Header(1, 'a', {'a'}), pandoc.Para'x', pandoc.Header(2, 'b', {'b'}), pandoc.Para'y'}
pandoc.structure.make_sections({pandoc.Header(1, 'a', {'a'}), pandoc.Header(2, 'b')}, {number_sections = true})
pandoc.structure.make_sections({pandoc.Header(3, 'a', {'a'}), pandoc.Header(4, 'b')}, {base_level = 1})
pandoc.structure.make_sections({pandoc.Header(1, 'a'), pandoc.Header(2, 'b'), pandoc.Header(3, 'c')}, {slide_level = 2})
pandoc.structure.make_sections({pandoc.Header(1, 'a'), pandoc.Header(2, 'b'), pandoc.Header(1, 'c')}, {number_sections = true, base_level = 2})
pandoc.structure.make_sections(pandoc.Pandoc{})
pandoc.structure.make_sections(5)
pandoc.structure.make_sections({}, 5)
pandoc.structure.make_sections({pandoc.Para'a'}, {base_level = 'x'})
pandoc.structure.slide_level{pandoc.Header(1, 'a'), pandoc.Header(2, 'b'), pandoc.Para'c'}, pandoc.structure.slide_level{pandoc.Header(1, 'a'), pandoc.Para'b', pandoc.Header(2, 'c')}, pandoc.structure.slide_level{}, pandoc.structure.slide_level{pandoc.Header(2, 'a'), pandoc.Header(3, 'b'), pandoc.Header(4, 'c'), pandoc.Para'x'}
pandoc.structure.slide_level(pandoc.Pandoc{pandoc.Header(1, 'a'), pandoc.Para'b'}), pandoc.structure.slide_level{pandoc.Header(1, 'a'), pandoc.HorizontalRule(), pandoc.Header(2, 'a'), pandoc.HorizontalRule()}, pandoc.structure.slide_level{pandoc.Header(1, 'a')}
pandoc.structure.slide_level(5)
pandoc.structure.table_of_contents{pandoc.Header(1, 'a b', {'ab'}), pandoc.Header(2, 'c', {'c'}), pandoc.Header(1, 'd', {'d'})}
pandoc.structure.table_of_contents({pandoc.Header(1, 'a', {'a'}), pandoc.Header(2, 'b', {'b'}), pandoc.Header(3, 'c', {'c'})}, {toc_depth = 2})
pandoc.structure.table_of_contents({pandoc.Header(1, 'a', {'a'}), pandoc.Header(2, 'b', {'b'})}, {number_sections = true})
pandoc.structure.table_of_contents{pandoc.Header(1, {pandoc.Link('x', 'y'), pandoc.Note'n', pandoc.Emph'z'}, {'a'}), pandoc.Header(1, 'u', {'u', {'unlisted'}}), pandoc.Header(1, 'v', {'v', {'unnumbered'}})}
pandoc.structure.table_of_contents{pandoc.Para'x'}, pandoc.structure.table_of_contents(pandoc.Pandoc{pandoc.Header(1, 'a')})
pandoc.structure.table_of_contents{pandoc.Header(2, 'b', {'b'}), pandoc.Header(1, 'a', {'a'})}
pandoc.structure.table_of_contents(5)
pandoc.structure.table_of_contents{pandoc.Div({pandoc.Header(1, 'a', {'a'}), pandoc.Para'x'}, {'d'}), pandoc.BlockQuote{pandoc.Header(1, 'q', {'q'})}}
pandoc.structure.table_of_contents{pandoc.Div({pandoc.Header(1, 'a'), pandoc.Para'x'}, {'sec', {'section'}, {number = '7'}})}
pandoc.structure.unique_identifier{pandoc.Str'Hello', pandoc.Space(), pandoc.Str'World!'}, pandoc.structure.unique_identifier{pandoc.Str'1. 中文'}, pandoc.structure.unique_identifier{}
pandoc.structure.unique_identifier({pandoc.Str'a'}, {a = true}), pandoc.structure.unique_identifier({pandoc.Str'a'}, {a = true, ['a-1'] = true}), pandoc.structure.unique_identifier{pandoc.Emph'A B', pandoc.Code'c_d.e'}
pandoc.structure.unique_identifier({pandoc.Str'1 A.b é'}, {}, 'gfm+ascii_identifiers')
pandoc.structure.unique_identifier({pandoc.Str'A', pandoc.Space(), pandoc.Str'b.C', pandoc.Note'x'}, {}, {'gfm_auto_identifiers'})
pandoc.structure.unique_identifier(5)
pcall(pandoc.structure.table_of_contents, pandoc.Blocks{}) == true, pandoc.structure.unique_identifier({pandoc.Str'a'}, pandoc.List{}), pandoc.structure.unique_identifier{pandoc.Quoted('DoubleQuote', {pandoc.Str'Ü x'})}
pandoc.structure.make_sections({pandoc.Header(1, 'a'), pandoc.HorizontalRule(), pandoc.Para'x', pandoc.HorizontalRule(), pandoc.Header(2, 'b'), pandoc.Para'y'}, {slide_level = 2})
pandoc.structure.make_sections({pandoc.Para'x', pandoc.Header(2, 'b')}, {slide_level = 2})
pandoc.structure.table_of_contents({pandoc.Header(1, 'a', {'a'}), pandoc.Header(2, 'b', {'b', {'unnumbered'}}), pandoc.Header(2, 'c', {'c'})}, {number_sections = true, toc_depth = 3})
pandoc.structure.table_of_contents{pandoc.Header(1, {pandoc.Strong{pandoc.Link('x', 'y'), pandoc.Str'z'}}, {'a'}), pandoc.Header(3, 'deep', {'d'}), pandoc.Header(4, 'deeper', {'e'})}
pandoc.utils.make_sections(true, nil, {pandoc.Header(2, 'a')})
pandoc.utils.make_sections(true, nil, {pandoc.Header(3, 'a'), pandoc.Header(2, 'b')})
pandoc.utils.make_sections(true, nil, {pandoc.Header(-2, 'a'), pandoc.Header(2, 'b')})
pandoc.utils.make_sections(true, nil, {pandoc.Header(0, 'a'), pandoc.Header(2, 'b')})
pandoc.utils.make_sections(true, nil, {pandoc.BlockQuote{pandoc.Header(0, 'a')}, pandoc.Header(2, 'b')})
pandoc.utils.make_sections(true, 3, {pandoc.BulletList{{pandoc.Header(1, 'a')}}, pandoc.Header(2, 'b')})
pandoc.utils.make_sections(true, 3, {pandoc.Para{pandoc.Note{pandoc.Header(1, 'a')}}, pandoc.Header(2, 'b')})
pandoc.utils.make_sections(true, 0, {pandoc.Header(1, 'a'), pandoc.Header(2, 'b')})
pandoc.utils.make_sections(true, -2, {pandoc.Header(1, 'a'), pandoc.Header(2, 'b')})
pandoc.utils.make_sections(true, 1, {pandoc.Header(2, 'a'), pandoc.Header(3, 'b')})
pandoc.structure.unique_identifier{pandoc.Str'a\u{3000}b\u{a0}c\u{2003}d\u{200b}e'}
pandoc.structure.unique_identifier({pandoc.Str'a\u{3000}b\u{a0}c\u{2003}d\u{200b}e'}, {}, {'gfm_auto_identifiers'})
pandoc.utils.make_sections(true, 2, {pandoc.Header(0, 'a'), pandoc.Header(9, 'b')})
pandoc.utils.make_sections(true, nil, {pandoc.Header(0, 'a'), pandoc.Header(1, 'b')})
pandoc.utils.make_sections(true, 1, {pandoc.Header(0, 'a'), pandoc.Header(1, 'b'), pandoc.Header(-1, 'c')})
pandoc.utils.make_sections(true, 2, {pandoc.Div{pandoc.Header(3, 'a')}, pandoc.BlockQuote{pandoc.Header(1, 'q')}, pandoc.Header(4, 'b')})
pandoc.structure.make_sections({pandoc.Header(-3, 'a'), pandoc.Header(9, 'b')}, {base_level=1, number_sections=true})
local function dump(t, d) if type(t) ~= 'table' then return tostring(t) end local k = {} for a, b in pairs(t) do k[#k+1] = tostring(a) .. '=' .. ((d < 6) and (pandoc.utils.type(b) == 'table' or pandoc.utils.type(b) == 'List') and '{' .. dump(b, d + 1) .. '}' or tostring(b):gsub('0x%x+', '')) end table.sort(k) return table.concat(k, ';') end local c = pandoc.structure.split_into_chunks(pandoc.Pandoc({pandoc.Para'pre', pandoc.Header(1, 'A', {'a'}), pandoc.Para'x', pandoc.Header(2, 'B', {'b'}), pandoc.Header(1, 'C', {'c'}), pandoc.Para'y'}, {title=pandoc.Inlines'T t'}), {number_sections=true}) return dump(c.toc, 0)
local c = pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a')}) local t = {} for k, v in pairs(c) do t[#t+1] = k .. ':' .. pandoc.utils.type(v) end table.sort(t) local s = {} for k, v in pairs(c.chunks[1]) do s[#s+1] = k .. ':' .. pandoc.utils.type(v) end table.sort(s) return table.concat(t, ' '), table.concat(s, ' '), type(c), pandoc.utils.type(c), pandoc.utils.type(c.chunks[1]), pandoc.utils.type(c.chunks), pandoc.utils.type(c.toc), pandoc.utils.type(c.meta)
local c = pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a')}) c.chunks = {}
local c = pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a')}) c.foo = 1
local c = pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a')}) c.chunks[1].id = 'x' return c.chunks[1].id
local c = pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a')}) c.chunks[1].foo = 'x' return c.chunks[1].foo
local c = pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a')}) c.chunks[1].contents = {pandoc.Para'q'} return c.chunks[1]
local c = pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a')}) return c.foo, c.chunks[1].foo, c.chunks[1].t, c.t
pandoc.structure.split_into_chunks()
pandoc.structure.split_into_chunks({pandoc.Para'x'})
pandoc.structure.split_into_chunks(pandoc.Pandoc{}, 5)
pandoc.structure.split_into_chunks(pandoc.Pandoc{}, {nope=1})
pandoc.structure.split_into_chunks(pandoc.Pandoc{}, {chunk_level='x'})
pandoc.structure.split_into_chunks(pandoc.Pandoc{}, {path_template=5})
pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(2, 'a')}, {base_heading_level='x'})
pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(2, 'a')}, {number_sections='x'}).chunks[1]
pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(2, 'a')}, {base_heading_level=1, chunk_level=1}).chunks[1]
local c = pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Para(pandoc.Link('l', '#b')), pandoc.Header(1, 'a/b\\c', {'a'}), pandoc.Header(2, 'b', {'b'}), pandoc.Para{pandoc.Link('x', '#a'), pandoc.Link('y', '#s'), pandoc.Span('s', {'s'}), pandoc.Link('z', '#zz'), pandoc.RawInline('html', '<a id="zz">')}, pandoc.Header(3, 'd'), pandoc.Header(1, 'a', {'', {'unlisted'}})}, {chunk_level=2, path_template='%s-%h-%i-%n'}) return c.chunks[1].contents, c.chunks[2], c.chunks[3], c.chunks[4]
local c = pandoc.structure.split_into_chunks(pandoc.Pandoc({pandoc.Para'x', pandoc.Header(1, 'a')}, {title=pandoc.Inlines'T t', m=pandoc.Inlines(pandoc.Link('x', '#a'))})) return c.chunks[1], c.chunks[2].up, c.chunks[1].level, c.meta.m, c.meta.title
local c = pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a'), pandoc.Header(2, 'b'), pandoc.Header(1, 'c'), pandoc.Header(2, 'a'), pandoc.Header(2, 'a')}, {chunk_level=2}) local t = {} for i, k in ipairs(c.chunks) do t[i] = k.id .. '<' .. tostring(k.up and k.up.id) .. '<' .. tostring(k.prev and k.prev.id) end return table.concat(t, ' ')
pandoc.structure.table_of_contents(pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a'), pandoc.Header(2, 'b')}))
local c = pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a')}) return c == c, c.chunks[1] == c.chunks[1], c == pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a')})
local c = pandoc.structure.split_into_chunks(pandoc.Pandoc{}) return #c.chunks
local c = pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Div({pandoc.Header(1, 'a'), pandoc.Para'x'}, {'d', {'k'}}), pandoc.BlockQuote{pandoc.Header(1, 'q')}, pandoc.Header(3, 'deep'), pandoc.Header(1, 'z')}) return #c.chunks, c.chunks[1], c.chunks[2], c.chunks[3]
pandoc.utils.make_sections(true, nil, {pandoc.Div({pandoc.Header(1, 'a', {'', {'y', 'x', 'y'}, {{'k', '1'}, {'m', '2'}}})}, {'d', {'y', 'y', 'z', 'z', 'section'}, {{'k', '3'}, {'number', '5'}, {'l', '1'}, {'l', '2'}}})})
pandoc.utils.make_sections(false, nil, {pandoc.Div({pandoc.Header(1, 'a', {'', {'y', 'y'}, {{'k', '1'}, {'k', '2'}}}), pandoc.Para'x'}, {'d', {}, {}})})
pandoc.utils.make_sections(false, nil, {pandoc.Div({pandoc.Header(1, 'a', {'a', {'y', 'y'}, {{'k', '1'}, {'k', '2'}}}), pandoc.Para'x'}, {'d', {}, {}}), pandoc.Para'y'})
pandoc.utils.make_sections(false, nil, {pandoc.Div({pandoc.Header(1, 'a', {'d', {'c'}}), pandoc.Para'x'}, {'d', {'e'}, {}}), pandoc.Para'y'})
pandoc.utils.make_sections(true, nil, {pandoc.Div({pandoc.Header(2, 'a', {'a'}), pandoc.Div({pandoc.Header(3, 'b', {'b'})}, {'f'})}, {'e'}), pandoc.Para'y', pandoc.Header(1, 'z')})
local b = pandoc.BulletList{'a'} b.content = {{'x', 'y z'}, {}} return b
local b = pandoc.BulletList{'a'} b.content = {{'x', 'y z'}, {pandoc.Para'q'}} return b
local b = pandoc.BulletList{'a'} b.content = {{}, {}} return b
local b = pandoc.BulletList{'a'} b.content = {{}, {pandoc.Para'q'}} return b
local b = pandoc.BulletList{'a'} b.content = {pandoc.Inlines{'x', 'y'}, 'z w'} return b
local b = pandoc.BulletList{{}, {}} local c = b.content return b
local b = pandoc.OrderedList{{}, {}} local c = b.content return b
local b = pandoc.OrderedList{'a'} b.content = {{pandoc.Str'x', pandoc.Emph'y'}} return b
local b = pandoc.DefinitionList{{{}, {{}, {}}}} local c = b.content return b
local b = pandoc.LineBlock{{}, {}} local c = b.content return b
local b = pandoc.Div{} local c = b.content return b
local b = pandoc.Note{} local c = b.content return b
pandoc.structure.table_of_contents{pandoc.Header(1, {pandoc.Cite({pandoc.Link('x', 'u'), pandoc.Note'n'}, {pandoc.Citation('k', 'NormalCitation', {pandoc.Link('p', 'u')}, {pandoc.Note'm', 's'})}), pandoc.Image({pandoc.Link('i', 'u')}, 's')}, {'a'})}
pandoc.read('<hr>', 'gfm').blocks, pandoc.read('<hr>\n', 'gfm').blocks, pandoc.read('> <hr>', 'gfm').blocks, pandoc.read('- <hr>', 'commonmark').blocks, pandoc.read('<!-- a', 'gfm').blocks, pandoc.read('a\n\n<div>\nx', 'gfm').blocks, pandoc.read('<hr>\n\n', 'gfm').blocks
