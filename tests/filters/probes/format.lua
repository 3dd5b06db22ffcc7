pandoc.format.from_path'a.md', pandoc.format.from_path'a.html', pandoc.format.from_path'a.tex', pandoc.format.from_path'a.json', pandoc.format.from_path'a.docx', pandoc.format.from_path'a', pandoc.format.from_path'a.unknown'
pandoc.format.from_path{'a', 'b.rst'}, pandoc.format.from_path'a.MD', pandoc.format.from_path'a.txt', pandoc.format.from_path'a.ipynb', pandoc.format.from_path'a.xhtml', pandoc.format.from_path'a.1', pandoc.format.from_path'a.pdf'
pandoc.format.default_extensions'gfm'
pandoc.format.default_extensions'commonmark'
pandoc.format.default_extensions'markdown'
pandoc.format.default_extensions'html'
pandoc.format.default_extensions'json'
pandoc.format.default_extensions'plain'
pandoc.format.default_extensions'native'
pandoc.format.default_extensions'latex'
pandoc.format.default_extensions'commonmark_x'
pandoc.format.default_extensions'markdown_strict'
pandoc.format.all_extensions'gfm'
pandoc.format.all_extensions'markdown'
pandoc.format.all_extensions'commonmark'
pandoc.format.all_extensions'html'
pandoc.format.all_extensions'json'
pandoc.format.all_extensions'plain'
pandoc.format.all_extensions'native'
pandoc.format.all_extensions'nope'
pandoc.format.default_extensions'nope'
pandoc.format.extensions'gfm'.smart, pandoc.format.extensions'gfm'.footnotes, pandoc.format.extensions'gfm'.nope
pandoc.format.extensions'gfm+smart'.smart
pandoc.format.extensions'json'.smart
pandoc.format.extensions'nope'
pandoc.format.default_extensions(5)
pandoc.format.default_extensions()
pandoc.types.Version'1.2.3', pandoc.types.Version{1, 2}, pandoc.types.Version(3), pandoc.types.Version'2' > pandoc.types.Version'1.9', pandoc.types.Version'1.2' == '1.2'
pandoc.types.Sources'abc', #pandoc.types.Sources'abc', pandoc.utils.type(pandoc.types.Sources'abc'), pandoc.types.Sources'abc'[1].text, pandoc.types.Sources'abc'[1].name
pandoc.types.Sources{'a', 'b'}, pandoc.types.Sources{{text = 'x', name = 'n'}, 'y'}
pandoc.types.Sources(5)
