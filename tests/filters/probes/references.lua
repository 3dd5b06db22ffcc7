local function dump(t) if type(t) ~= 'table' then return type(t) == 'string' and '"' .. t .. '"' or tostring(t) end local ty = pandoc.utils.type(t) if ty == 'Inlines' or ty == 'Blocks' then return ty .. tostring(t) end local k = {} for a, b in pairs(t) do k[#k+1] = tostring(a) .. '=' .. dump(b) end table.sort(k) return (ty ~= 'table' and ty or '') .. '{' .. table.concat(k, ';') .. '}' end D = dump return 1
D(pandoc.utils.references(pandoc.Pandoc({pandoc.Para{pandoc.Cite('x', {pandoc.Citation('a', 'NormalCitation')})}}, {references = {{id = 'a', type = 'book', title = pandoc.Inlines{'A', pandoc.Emph'b'}, author = {{family='Doe', given='Jane'}, {literal='Org'}}, issued = {['date-parts'] = {{1999, 5}}}, page='3-5', volume=4, note='n'}, {id = 'b', title = 'U'}}})))
D(pandoc.utils.references(pandoc.Pandoc({pandoc.Para'x'}, {references = {{id = 'a', title='x'}}, nocite=pandoc.Inlines{pandoc.Cite('x', {pandoc.Citation('a', 'NormalCitation')})}})))
D(pandoc.utils.references(pandoc.Pandoc({pandoc.Para'x'}, {references = {{id = 'a', title='x'}, {id='b'}}, nocite=pandoc.Inlines{pandoc.Cite('x', {pandoc.Citation('*', 'NormalCitation')})}})))
D(pandoc.utils.references(pandoc.Pandoc({pandoc.Para'x'}, {references = {{id = 'a', title='x'}}})))
D(pandoc.utils.references(pandoc.Pandoc({pandoc.Para{pandoc.Cite('x', {pandoc.Citation('a', 'NormalCitation')})}}, {references = {{id = 'a', issued = '2001-05-03', author='Doe', title='plain *x*', type='article-journal', ['container-title']=pandoc.Inlines'J T', DOI='10.1/x', URL='http://x', accessed='2020', editor={{family=pandoc.Inlines'Van X', given=pandoc.Inlines'Y', ['non-dropping-particle']='de', suffix='Jr'}}, foo='bar', number=5, keyword='k', abstract=pandoc.Blocks{pandoc.Para'abs', pandoc.Para'two'}}}})))
D(pandoc.utils.references(pandoc.Pandoc({pandoc.Para{pandoc.Cite('x', {pandoc.Citation('a', 'NormalCitation')})}}, {references = {{id = 'a', issued = {year=2001, month=2}, author={{name='N'}}}, {id='a', title='dup'}}})))
D(pandoc.utils.references(pandoc.Pandoc({pandoc.Para{pandoc.Cite('x', {pandoc.Citation('a', 'NormalCitation')})}}, {references = {{id = 'a', issued = {{year=2001}, {year=2002}}}, 'x', {title='noid'}}})))
D(pandoc.utils.references(pandoc.Pandoc({pandoc.Para{pandoc.Cite('x', {pandoc.Citation('a', 'NormalCitation')})}}, {references = {{id = 'a', issued = {literal='n.d.'}, original_date={['date-parts']={{1999},{2001}}, circa=true, season=2}, ['original-date']={['date-parts']={{1999},{2001}}, circa=true, season=2}, ['event-date']='1999/2001', submitted='Spring'}}})))
D(pandoc.utils.references(pandoc.Pandoc({pandoc.Para{pandoc.Cite('x', {pandoc.Citation('a', 'NormalCitation')})}}, {references = {{id = 'a', title=true, page=pandoc.Inlines'a--b', type=pandoc.Inlines'book', language='en', ['citation-label']='q', ['page-first']='3', custom={x='y'}, custom2={'a','b'}}}})))
D(pandoc.utils.references(pandoc.Pandoc({}, {references='x'})))
D(pandoc.utils.references(5))
local d = pandoc.read('---\nreferences:\n- id: a\n  type: book\n  title: "*A* b"\n  author:\n  - family: Doe\n    given: J. K.\n  issued: 1999-05\n  page: 12-14\n- id: b\n  issued:\n    year: 2001\n---\n\n@a and @b', 'markdown+citations') return D(pandoc.utils.references(d))
local function dump(t) if type(t) ~= 'table' then return type(t) == 'string' and '"' .. t .. '"' or tostring(t) end local ty = pandoc.utils.type(t) if ty == 'Inlines' or ty == 'Blocks' then return ty .. tostring(t) end local k = {} for a, b in pairs(t) do k[#k+1] = tostring(a) .. '=' .. dump(b) end table.sort(k) return (ty ~= 'table' and ty or '') .. '{' .. table.concat(k, ';') .. '}' end D = function(r) r.id = 'a' return dump(pandoc.utils.references(pandoc.Pandoc({pandoc.Para{pandoc.Cite('x', {pandoc.Citation('a', 'NormalCitation')})}}, {references = {r}}))) end return 1
D{issued='2001-05~'}
D{issued='2001?'}
D{issued='1999-22'}
D{issued='-0099'}
D{issued='0000'}
D{issued='1999/'}
D{issued='/1999'}
D{issued='1999/..'}
D{issued='2001-05-03/2002-06'}
D{issued='2001-5-3'}
D{issued='20010503'}
D{issued='May 2001'}
D{issued=2001}
D{issued=pandoc.Inlines{pandoc.Str'2001-05'}}
D{issued={['date-parts']={{'1999', '5'}}}}
D{issued={['date-parts']={{'x'}}}}
D{issued={['date-parts']={1999, 5}}}
D{issued={['date-parts']={{1999, 0}}}}
D{issued={year='2001', month='3', day='4'}}
D{issued={year='2001', season='3'}}
D{issued={year='2001', circa=true}}
D{issued={raw='2001-04'}}
D{issued={raw='zz'}}
D{issued={literal='x', year=2001}}
D{issued={season='2'}}
D{issued={}}
D{issued=true}
D{issued={['date-parts']={{1999}}, season='1', circa='yes'}}
D{author={family='Doe'}}
D{author={{family='Doe', ['comma-suffix']=true, ['static-ordering']=true, ['dropping-particle']='von'}}}
D{author='A B; C D'}
D{author=pandoc.Inlines'A B'}
D{author={'A', pandoc.Inlines'B C'}}
D{author={}}
D{author={{family=pandoc.Inlines{pandoc.Emph'x', pandoc.Space(), 'y'}, given=5}}}
D{author=true}
D{translator='x', director='y', ['container-author']='z', guest='w', ['editorial-director']='q', ['series-creator']='s', chair='c', interviewer='i', nobody='n'}
D{keyword={'a', 'b'}}
D{keyword=pandoc.Inlines'a, b'}
D{abstract=pandoc.Blocks{pandoc.Para'abs'}}
D{title=pandoc.Inlines{pandoc.Str'a', pandoc.SoftBreak(), pandoc.Quoted('DoubleQuote', 'b'), pandoc.Span('c', {class='nocase'}), pandoc.Link('l', 'u'), pandoc.Math('InlineMath', 'x'), pandoc.Note'n', pandoc.Code'c', pandoc.RawInline('html', '<b>')}}
D{type=5, title=5.5, number=true, ['event-place']=pandoc.Str'x'}
D{Title='cap', ['container-title-short']='s', ['TITLE-short']='q', ['short-title']='r', shortTitle='t', journalAbbreviation='j'}
D{DOI='https://doi.org/10.1/x', ISBN=12, ISSN='1-2', PMID='1', PMCID='2', URL=pandoc.Inlines(pandoc.Link('x', 'http://x'))}
D{page='1--2', volume=pandoc.Inlines'3', edition='2nd', ['number-of-pages']='7'}
D{language=pandoc.Inlines'en-US', ['citation-key']='k', ['citation-number']='4', ['collection-title']='x'}
pandoc.utils.references(pandoc.Pandoc({pandoc.Para{pandoc.Cite('x', {pandoc.Citation('a', 'NormalCitation')})}}, {references = {id='a'}}))
#pandoc.utils.references(pandoc.Pandoc({pandoc.Para{pandoc.Note{pandoc.Para{pandoc.Cite('x', {pandoc.Citation('a', 'NormalCitation')})}}}}, {references = {{id='a'}}, x=pandoc.Inlines{pandoc.Cite('x', {pandoc.Citation('b', 'NormalCitation')})}}))
#pandoc.utils.references(pandoc.Pandoc({}, {references = {{id='b'}}, x=pandoc.Inlines{pandoc.Cite('x', {pandoc.Citation('b', 'NormalCitation')})}}))
#pandoc.utils.references(pandoc.Pandoc({}, {references = {{id=5}}, x=pandoc.Inlines{pandoc.Cite('x', {pandoc.Citation('5', 'NormalCitation')})}}))
