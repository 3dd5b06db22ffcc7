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
