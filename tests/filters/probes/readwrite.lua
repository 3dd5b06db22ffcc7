pandoc.read'a *b*', pandoc.read('a', 'gfm'), pandoc.read('a', 'commonmark').blocks
pandoc.utils.type(pandoc.read'x'), pandoc.read('', 'markdown').blocks
pandoc.read('a', 'nope')
pandoc.read('a', 'gfm+nope')
pandoc.read('a', 'gfm+citations')
pandoc.read('{"pandoc-api-version":[1,23],"meta":{},"blocks":[{"t":"Para","c":[]}]}', 'json').blocks
pandoc.read(5).blocks
pandoc.read(true)
pandoc.read('a', 5)
pandoc.read('"a"', 'gfm+smart').blocks, pandoc.read('"a"', 'gfm').blocks
pandoc.read('a\r\nb', 'gfm').blocks, pandoc.read('\u{feff}a', 'gfm').blocks
pandoc.read('# Hi', 'gfm').blocks[1], pandoc.read('x[^1]\n\n[^1]: n', 'gfm').blocks[1]
pandoc.read('a', 'gfm', {columns = 20}).blocks, pandoc.read('a', 'gfm', pandoc.ReaderOptions{}).blocks
pandoc.read('a', 'gfm', 5)
pandoc.read({'a', 'b'}, 'gfm').blocks
pandoc.read('---\ntitle: T\n---\n\nx', 'gfm').meta.title
pandoc.write(pandoc.Pandoc{pandoc.Para'a b'}, 'gfm'), pandoc.write(pandoc.Pandoc{pandoc.Para{pandoc.Emph'a'}}, 'html'), pandoc.write(pandoc.Pandoc{pandoc.Para'a'}, 'plain')
pandoc.write(pandoc.Pandoc{pandoc.Para'a'}, 'native'), pandoc.write(pandoc.Pandoc{pandoc.Para'a'}, 'json')
pandoc.write(pandoc.Pandoc{}, 'gfm'), pandoc.write(pandoc.Pandoc{}, 'html'), pandoc.write(pandoc.Pandoc{}, 'plain')
pandoc.write(pandoc.Pandoc{pandoc.Para'a'}, 'nope')
pandoc.write(pandoc.Pandoc{pandoc.Para'a'}, 'gfm+nope')
pandoc.write('x', 'gfm')
pandoc.write(pandoc.Pandoc{pandoc.Para{'aaa', pandoc.Space(), 'bbb', pandoc.SoftBreak(), 'ccc'}}, 'gfm', {columns = 5}), pandoc.write(pandoc.Pandoc{pandoc.Para{'aaa', pandoc.SoftBreak(), 'bbb'}}, 'gfm', {wrap_text = 'wrap-preserve'})
pandoc.write(pandoc.Pandoc{pandoc.Para{'aaa', pandoc.SoftBreak(), 'bbb'}}, 'plain', {wrap_text = 'none'}), pandoc.write(pandoc.Pandoc{pandoc.Para'a'}, 'gfm', pandoc.WriterOptions{columns = 10})
pandoc.write(pandoc.Pandoc{pandoc.Para'a'}, 'gfm', 5)
pandoc.write(pandoc.Pandoc{pandoc.Para'a'}, 'gfm', {wrap_text = 'nope'})
pandoc.write(pandoc.Pandoc({pandoc.Para'a'}, {title = 'T'}), 'html', {template = pandoc.template.compile'<$title$>$body$'})
pandoc.ReaderOptions{nope = 1}
pandoc.ReaderOptions{columns = 'x'}
pandoc.ReaderOptions(5)
pandoc.WriterOptions{wrap_text = 'wrap-none'}.wrap_text, pandoc.WriterOptions{wrap_text = 'preserve'}.wrap_text, pandoc.WriterOptions{html_math_method = 'mathjax'}.html_math_method, pandoc.WriterOptions{slide_level = 2}.slide_level, pandoc.WriterOptions{number_sections = true}.number_sections
pandoc.WriterOptions{extensions = {'smart', 'pipe_tables'}}.extensions
pandoc.WriterOptions{nope = 1}
pandoc.WriterOptions{top_level_division = 'x'}
pandoc.readers.gfm, pandoc.readers.markdown, pandoc.readers.json, pandoc.readers.nope, pandoc.writers.html, pandoc.writers.nope
pandoc.with_state({}, function() return 1, 2 end)
pandoc.sha1'abc', pandoc.utils.sha1'abc'
pandoc.utils.references(pandoc.Pandoc{pandoc.Para'x'})
pandoc.utils.references(pandoc.Pandoc({}, {references = {{id = 'a', type = 'book', title = pandoc.Inlines'T'}}}))[1].id
local s = pandoc.image.size'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20"></svg>' return s.width, s.height, s.dpi_horz, s.dpi_vert
type(pandoc.system.get_working_directory()), type(pandoc.system.environment()), math.type(pandoc.system.cputime())
pandoc.system.list_directory'nope'
pandoc.system.with_environment({A = 'x'}, function() return pandoc.system.environment().A, os.getenv'A' end)
pandoc.system.read_file'nope'
pandoc.log.info'x', pandoc.log.warn'y'
pandoc.log.silence(function() return 1, 2 end)
pandoc.ReaderOptions{}.columns, pandoc.ReaderOptions{}.tab_stop, pandoc.ReaderOptions{}.standalone, pandoc.ReaderOptions{columns = 5}.columns, pandoc.ReaderOptions{standalone = true}.standalone, pandoc.utils.type(pandoc.ReaderOptions{})
pandoc.ReaderOptions{}.track_changes, pandoc.ReaderOptions{}.default_image_extension, pandoc.ReaderOptions{}.indented_code_classes, pandoc.ReaderOptions{}.extensions, pandoc.ReaderOptions{}.strip_comments
local o = pandoc.ReaderOptions{} o.columns = 7 o.standalone = true o.default_image_extension = '.png' o.track_changes = 'reject-changes' return o.columns, o.standalone, o.default_image_extension, o.track_changes
local o = pandoc.ReaderOptions{} o.nope = 7
pandoc.ReaderOptions{}.nope, pandoc.WriterOptions{}.nope
pandoc.WriterOptions{}.columns, pandoc.WriterOptions{}.wrap_text, pandoc.WriterOptions{}.toc_depth, pandoc.WriterOptions{}.tab_stop, pandoc.WriterOptions{}.dpi, pandoc.utils.type(pandoc.WriterOptions{})
pandoc.WriterOptions{}.cite_method, pandoc.WriterOptions{}.html_math_method, pandoc.WriterOptions{}.reference_location, pandoc.WriterOptions{}.top_level_division, pandoc.WriterOptions{}.email_obfuscation, pandoc.WriterOptions{}.template, pandoc.WriterOptions{}.slide_level
local t = {} for k in pairs(pandoc.ReaderOptions{}) do t[#t + 1] = k end return table.concat(t, ' ')
local t = {} for k in pairs(pandoc.WriterOptions{}) do t[#t + 1] = k end return table.concat(t, ' ')
local o = pandoc.WriterOptions{columns = 9} local p = pandoc.WriterOptions(o) p.columns = 8 return o.columns, p.columns
pandoc.WriterOptions{top_level_division = 'chapter'}.top_level_division, pandoc.WriterOptions{reference_location = 'end-of-block'}.reference_location, pandoc.WriterOptions{cite_method = 'natbib'}.cite_method, pandoc.WriterOptions{wrap_text = 'wrap-auto'}.wrap_text
pandoc.write(pandoc.Pandoc{pandoc.Header(1, 'h', {'x'}), pandoc.BulletList{'a', 'b'}}, 'html')
pandoc.write(pandoc.Pandoc({pandoc.Para'a b'}, {title = pandoc.Inlines'T U', author = {pandoc.Inlines'X', pandoc.Inlines'Y'}, draft = true}), 'gfm', {template = pandoc.template.compile'$title$|$for(author)$$author$$sep$,$endfor$|$if(draft)$D$endif$|$body$', variables = {q = 1}})
pandoc.write(pandoc.Pandoc({pandoc.Para'a'}), 'plain', {template = pandoc.template.compile'$v$/$body$', variables = {v = 'V'}})
pandoc.write(pandoc.read('# A\n\n- x\n- y\n', 'gfm'), 'gfm'), pandoc.write(pandoc.read('`a` **b** [c](d)', 'commonmark'), 'html')
local d = pandoc.read('a **b**', 'gfm') d.blocks:insert(pandoc.Para'z') d.blocks[1].content[1] = pandoc.Str'q' return d.blocks, pandoc.write(d, 'gfm')
pandoc.read('a **b** c', 'gfm'):walk{Str = function(s) return pandoc.Str(s.text:upper()) end}.blocks
pandoc.utils.stringify(pandoc.read('a *b*\n\nc', 'gfm')), pandoc.utils.blocks_to_inlines(pandoc.read('a *b*', 'gfm').blocks)
pandoc.read('| a | c |\n|---|---|\n| b | d |\n', 'gfm').blocks[1].bodies[1].body[1].cells[1].contents
pandoc.with_state({request_headers = {}}, function() return 'x' end)
pandoc.log.silence(function() pandoc.log.warn'q' pandoc.log.info'r' return 1 end)[2] ~= nil
pandoc.read('<p>a <b>b</b></p><ul><li>x</li></ul>', 'html').blocks
pandoc.read('<h1>T</h1><img src="a.png" alt="x">', 'html').blocks, pandoc.read('', 'html').blocks
pandoc.read('a [b]{.c} [d](e){k=v}', 'markdown').blocks, pandoc.read('# H {#i .c}', 'markdown').blocks
pandoc.read('::: {.note}\nx\n:::\n', 'markdown').blocks, pandoc.read('x^[n]', 'markdown').blocks
pandoc.read('H~2~O x^2^ $a$', 'markdown').blocks, pandoc.read('"q" -- it\'s...', 'markdown').blocks, pandoc.read('"q"', 'markdown-smart').blocks
pandoc.read('[@a; see @b, p. 3]', 'markdown').blocks
pandoc.read('---\ntitle: "*T*"\ntags: [a, b]\n---\n\nx', 'markdown').meta
pandoc.read('Term\n:   Def\n', 'markdown').blocks, pandoc.read('| a\n| b\n', 'markdown').blocks
pandoc.read('![cap](i.png)', 'markdown').blocks, pandoc.read('![cap](i.png)', 'markdown-implicit_figures').blocks
pandoc.read('*a*', 'markdown').blocks[1].content, pandoc.utils.blocks_to_inlines(pandoc.read('A *b*', 'markdown').blocks)
pandoc.read('a\nb *c\nd*  \ne\\\nf', 'gfm+hard_line_breaks').blocks, pandoc.read('# a\n\nb\n中 `c\nd`', 'commonmark+hard_line_breaks').blocks
