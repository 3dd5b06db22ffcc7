pandoc.mediabag.empty() return #pandoc.mediabag.list()
pandoc.mediabag.insert('a.txt', 'text/plain', 'hello') return pandoc.mediabag.lookup'a.txt'
pandoc.mediabag.lookup'nope'
pandoc.mediabag.insert('b/c.png', 'image/png', 'PNG') return pandoc.mediabag.list()[1].path, pandoc.mediabag.list()[1].type, pandoc.mediabag.list()[1].length, #pandoc.mediabag.list()
local t = {} for p, m, d in pandoc.mediabag.items() do t[#t + 1] = p .. ',' .. m .. ',' .. d end return table.concat(t, ';')
pandoc.mediabag.delete'a.txt' return #pandoc.mediabag.list(), pandoc.mediabag.lookup'a.txt'
pandoc.mediabag.insert('x.md', nil, 'md') return pandoc.mediabag.lookup'x.md'
pandoc.mediabag.insert('x.unknown', nil, 'md') return pandoc.mediabag.lookup'x.unknown'
pandoc.mediabag.insert('../d.jpg', nil, 'jpg') local t = {} for _, e in ipairs(pandoc.mediabag.list()) do t[#t + 1] = e.path .. '=' .. e.type end return table.concat(t, ' ')
pandoc.mediabag.insert('./e.svg', 'image/svg+xml', '<svg/>') return pandoc.mediabag.lookup'e.svg'
pandoc.mediabag.lookup'./e.svg'
pandoc.mediabag.insert('/abs/f.gif', 'image/gif', 'gif') local t = {} for _, e in ipairs(pandoc.mediabag.list()) do t[#t + 1] = e.path .. '=' .. e.type end return table.concat(t, ' ')
pandoc.mediabag.insert('http://x.org/f.gif', 'image/gif', 'gif') return pandoc.mediabag.lookup'http://x.org/f.gif'
pandoc.mediabag.insert('a', 'b')
pandoc.mediabag.insert(true, 'text/plain', 'x')
pandoc.mediabag.insert('a', true, 'x')
pandoc.mediabag.make_data_uri('text/plain', 'hello'), pandoc.mediabag.make_data_uri('image/png', '\0\1\2\255'), pandoc.mediabag.make_data_uri('text/html;charset=utf-8', 'a b+c')
pandoc.mediabag.make_data_uri('x')
pandoc.mediabag.empty() return #pandoc.mediabag.list()
pandoc.mediabag.fetch'nope.png'
pandoc.mediabag.insert('z.png', 'image/png', 'zz') return pandoc.mediabag.fetch'z.png'
pandoc.mediabag.insert('中.png', 'image/png', 'zz') return pandoc.mediabag.lookup'中.png'
pandoc.mediabag.fill(pandoc.Pandoc{pandoc.Para{pandoc.Image('a', 'z.png')}}).blocks[1]
pandoc.mediabag.fetch'data:text/plain;base64,aGVsbG8='
pandoc.mediabag.fetch'data:text/plain,a%20b'
pandoc.mediabag.make_data_uri('text/plain', 'a/b-c_d.e~f:g,h中'), pandoc.mediabag.make_data_uri('image/png', 'a'), pandoc.mediabag.make_data_uri('image/png', 'ab'), pandoc.mediabag.make_data_uri('image/png', '')
pandoc.mediabag.empty() for _, n in ipairs{'b.md', 'a/x.html', 'c.gz', 'd.tar.gz', 'e.docx', 'f.JPG', 'g'} do pandoc.mediabag.insert(n, nil, n) end local t = {} for _, e in ipairs(pandoc.mediabag.list()) do t[#t + 1] = e.path .. '=' .. e.type .. '=' .. e.length end return table.concat(t, ' ')
pandoc.mediabag.fill(pandoc.Pandoc{pandoc.Para{pandoc.Image('a', 'nope.png', 't', {'i', {'c'}, {k = 'v'}})}}).blocks[1]
pandoc.mediabag.insert('a%20b.png', nil, 'x') local t = {} for _, e in ipairs(pandoc.mediabag.list()) do t[#t + 1] = e.path end return table.concat(t, ' ')
pandoc.mediabag.delete'nope'
