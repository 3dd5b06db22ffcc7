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
#pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a', {'a'}), pandoc.Para'x', pandoc.Header(1, 'b', {'b'})}).chunks
pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a', {'a'}), pandoc.Header(1, 'b', {'b'})}).chunks[1].path, pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a', {'a'}), pandoc.Header(1, 'b', {'b'})}).chunks[2].id
pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a', {'a'}), pandoc.Header(2, 'b', {'b'})}, {chunk_level = 2, number_sections = true, path_template = '%n-%s-%h-%i.x'}).chunks[2].path
(function() local c = pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Header(1, 'a', {'a'}), pandoc.Header(2, 'b', {'b'}), pandoc.Header(1, 'c', {'c'})}, {chunk_level = 2}).chunks local t = {} for _, x in ipairs(c) do t[#t + 1] = table.concat({x.path, x.id, x.level, x.number, tostring(x.unlisted), tostring(x.section_number), tostring(x.up and x.up.id), tostring(x.next and x.next.id), tostring(x.prev and x.prev.id), tostring(x.heading), tostring(x.contents)}, ',') end return table.concat(t, '; ') end)()
(function() local c = pandoc.structure.split_into_chunks(pandoc.Pandoc{pandoc.Para'x', pandoc.Header(1, {pandoc.Str'a', pandoc.Link('l', '#c')}, {'a'}), pandoc.Para{pandoc.Link('m', '#c')}, pandoc.Header(1, 'c', {'c'})}) local t = {} for k, v in pairs(c) do t[#t + 1] = k .. '=' .. pandoc.utils.type(v) end table.sort(t) return table.concat(t, ' '), c.chunks[1].path, c.chunks[2].contents, c.toc and c.toc.label end)()
pandoc.structure.split_into_chunks(5)
pandoc.utils.type(pandoc.structure.split_into_chunks(pandoc.Pandoc{})), #pandoc.structure.split_into_chunks(pandoc.Pandoc{}).chunks
