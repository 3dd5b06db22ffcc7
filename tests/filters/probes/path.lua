pandoc.path.separator, pandoc.path.search_path_separator
pandoc.path.directory'a/b/c', pandoc.path.directory'a', pandoc.path.directory'/a', pandoc.path.directory'a/', pandoc.path.directory'', pandoc.path.directory'/', pandoc.path.directory'a//b', pandoc.path.directory'a/b//'
pandoc.path.filename'a/b.c', pandoc.path.filename'a/', pandoc.path.filename'/', pandoc.path.filename'', pandoc.path.filename'a//b', pandoc.path.filename'中/文.md'
pandoc.path.is_absolute'/a', pandoc.path.is_absolute'a', pandoc.path.is_absolute'', pandoc.path.is_relative'a', pandoc.path.is_relative'/a'
pandoc.path.join{'a', 'b', 'c'}, pandoc.path.join{'a/', 'b'}, pandoc.path.join{'a', '/b'}, pandoc.path.join{}, pandoc.path.join{'', 'a'}, pandoc.path.join{'a', ''}, pandoc.path.join{'a', '.', '..', 'b'}
pandoc.path.join{'/', 'a'}, pandoc.path.join{'a', 'b/'}, pandoc.path.join{'a//', 'b'}, pandoc.path.join{'a'}
pandoc.path.join'a'
pandoc.path.join{true}
pandoc.path.make_relative('/a/b/c', '/a'), pandoc.path.make_relative('/a/b', '/a/b'), pandoc.path.make_relative('/x/y', '/a'), pandoc.path.make_relative('a/b', 'a')
pandoc.path.make_relative('/a/b/c', '/a/d', true), pandoc.path.make_relative('/x/y', '/a', true), pandoc.path.make_relative('/a/b', '/a/b/', true), pandoc.path.make_relative('a/b', 'c/d', true)
pandoc.path.make_relative('/a/b/c', '/a/d', false), pandoc.path.make_relative('a', '/b', true), pandoc.path.make_relative('/a/b/../c', '/a/b', true), pandoc.path.make_relative('a/./b', 'a')
pandoc.path.make_relative('/a//b', '/a'), pandoc.path.make_relative('/a/b/', '/a'), pandoc.path.make_relative('/', '/a'), pandoc.path.make_relative('/a', '/'), pandoc.path.make_relative('/', '/a', true)
pandoc.path.normalize'a//b', pandoc.path.normalize'./a/./b', pandoc.path.normalize'a/../b', pandoc.path.normalize'.', pandoc.path.normalize'', pandoc.path.normalize'./', pandoc.path.normalize'a/.', pandoc.path.normalize'a/'
pandoc.path.normalize'//a', pandoc.path.normalize'/./a', pandoc.path.normalize'/', pandoc.path.normalize'//', pandoc.path.normalize'./.', pandoc.path.normalize'a/./', pandoc.path.normalize'/.', pandoc.path.normalize'a/b/./.'
pandoc.path.split'a/b//c', pandoc.path.split'/a/b', pandoc.path.split'a/', pandoc.path.split'', pandoc.path.split'/', pandoc.path.split'./a'
pandoc.path.split_extension'a.b.c', pandoc.path.split_extension'a', pandoc.path.split_extension'.a', pandoc.path.split_extension'a.b/c', pandoc.path.split_extension'a/b.md'
pandoc.path.split_extension'a.', pandoc.path.split_extension'', pandoc.path.split_extension'a/.b'
pandoc.path.split_search_path'a:b::c', pandoc.path.split_search_path'', pandoc.path.split_search_path'/a:/b'
pandoc.path.directory(5), pandoc.path.filename(1.5)
pandoc.path.directory()
pandoc.path.filename{}
pandoc.path.exists'nope'
local s = 'a/b.c' return pandoc.path.filename(s), type(pandoc.path.treat_strings_as_paths)
pandoc.path.treat_strings_as_paths() return ('a' / 'b'), ('a' .. '.c'), ('a/b.md'):directory(), ('x.y'):split_extension()
pandoc.utils.type(pandoc.path.split'a/b'), pandoc.utils.type(pandoc.path.split_search_path'a:b')
table.concat(pandoc.path.split'a/b//c', '|'), table.concat(pandoc.path.split'/a/b', '|'), table.concat(pandoc.path.split'a/', '|'), table.concat(pandoc.path.split'', '|'), table.concat(pandoc.path.split'/', '|'), table.concat(pandoc.path.split'./a', '|'), table.concat(pandoc.path.split'//a', '|')
table.concat(pandoc.path.split_search_path'a:b::c', '|'), table.concat(pandoc.path.split_search_path'', '|'), table.concat(pandoc.path.split_search_path':', '|')
pandoc.path.split_extension'a.'
pandoc.path.split_extension''
pandoc.path.split_extension'/.b.c'
pandoc.path.split_extension'a.tar.gz'
pandoc.path.directory'//a', pandoc.path.directory'/a/', pandoc.path.directory'./a', pandoc.path.directory'../a/b', pandoc.path.directory'中/文'
pandoc.path.treat_strings_as_paths() return 'a' + 'b', 'a' + '.b', ('a'):is_absolute(), ('a/../b'):normalize(), #('a/b'):split()
pandoc.path.join{1, 2}, pandoc.path.join{'a', '', 'b'}, pandoc.path.join{'/a', '/b', 'c'}
pandoc.path.make_relative('/a/b', '/a/b/c'), pandoc.path.make_relative('/a/b', '/a/b/c', true), pandoc.path.make_relative('', 'a', true), pandoc.path.make_relative('a', '', true)
pandoc.path.normalize'a/.b', pandoc.path.normalize'..', pandoc.path.normalize'../', pandoc.path.normalize'a/b/../', pandoc.path.normalize'///a//b///'
pandoc.path.directory'', pandoc.path.directory'a', pandoc.path.directory'a/', pandoc.path.directory'/', pandoc.path.directory'/a', pandoc.path.directory'.', pandoc.path.directory'a//b//c'
pandoc.path.normalize'', pandoc.path.normalize'.', pandoc.path.normalize'./', pandoc.path.normalize'./a//', pandoc.path.normalize'./a//.', pandoc.path.normalize'a/./b/../c', pandoc.path.normalize'//a', pandoc.path.normalize'./.'
pandoc.path.make_relative('', 'img'), pandoc.path.make_relative('img', 'img'), pandoc.path.make_relative('img/a', 'img'), pandoc.path.make_relative('/a/b', '/a/c', true), pandoc.path.make_relative('a', ''), pandoc.path.make_relative('', ''), pandoc.path.make_relative('/a', 'b'), pandoc.path.make_relative('./a/b', 'a')
pandoc.path.join{}, pandoc.path.join{''}, pandoc.path.join{'a', ''}, pandoc.path.join{'a', '/b'}, pandoc.path.join{'a/', 'b'}, pandoc.path.join{'', 'b'}
pandoc.path.split''[1], #pandoc.path.split'a//b', pandoc.path.split'/a/b/'[1], #pandoc.path.split'/a/b/'
pandoc.path.split_extension'a.b.c', pandoc.path.split_extension'.bashrc', pandoc.path.split_extension'a.b/c', pandoc.path.split_extension'a.'
pandoc.path.filename'a/', pandoc.path.filename'', pandoc.path.filename'a/b.c'
