pandoc.Cell'a', pandoc.Cell('a', 'AlignLeft', 2, 3, {'id'})
pandoc.Cell(5)
pandoc.Cell('a', 'x')
pandoc.Cell('a').contents, pandoc.Cell('a').content, pandoc.Cell('a').alignment, pandoc.Cell('a').row_span, pandoc.Cell('a').col_span
pandoc.Cell'a' == pandoc.Cell'a', pandoc.Cell'a' == pandoc.Cell'b'
local c = pandoc.Cell'a' c.contents = 'b' c.alignment = 'AlignRight' c.row_span = 2 c.col_span = 3 c.attr = {'i'} return c
local c = pandoc.Cell'a' c.content = {pandoc.Para'x'} c.identifier = 'q' return c
local t = {} for k in pairs(pandoc.Cell'a') do t[#t + 1] = k end return table.concat(t, ' ')
pandoc.Row(), pandoc.Row{pandoc.Cell'a'}, pandoc.Row({pandoc.Cell'a', pandoc.Cell'b'}, {'i'})
pandoc.Row{'a'}
pandoc.Row(5)
pandoc.Row{pandoc.Cell'a'}.cells[1], #pandoc.Row{pandoc.Cell'a'}.cells, pandoc.utils.type(pandoc.Row{}.cells)
pandoc.Row{{attr = {}, alignment = 'AlignLeft', row_span = 1, col_span = 1, contents = {}}}
pandoc.Row{{contents = {}}}
local r = pandoc.Row{pandoc.Cell'a'} r.cells[1].contents = 'z' return r
local r = pandoc.Row{pandoc.Cell'a'} r.cells:insert(pandoc.Cell'b') return r
pandoc.TableHead(), pandoc.TableHead{pandoc.Row{pandoc.Cell'a'}}, pandoc.TableFoot(), pandoc.TableFoot({}, {'i'})
pandoc.TableHead{pandoc.Row{}}.rows[1]
pandoc.TableHead{5}
pandoc.TableBody{pandoc.Row{pandoc.Cell'a'}}, pandoc.TableBody({pandoc.Row{}}, {pandoc.Row{pandoc.Cell'h'}}, 2, {'i'})
pandoc.TableBody()
pandoc.TableBody{pandoc.Row{}}.body[1], #pandoc.TableBody{pandoc.Row{}}.head, pandoc.TableBody().row_head_columns
pandoc.Table({long = {}}, {{'AlignLeft', nil}, {'AlignRight', 0.5}}, pandoc.TableHead{}, {}, pandoc.TableFoot{})
pandoc.Table({long = 'c', short = 's'}, {{'AlignLeft'}}, pandoc.TableHead{pandoc.Row{pandoc.Cell'h'}}, {pandoc.TableBody{pandoc.Row{pandoc.Cell'a'}}}, pandoc.TableFoot{}, {'i'})
pandoc.Table(pandoc.Caption'x', {}, pandoc.TableHead{}, {{attr = {}, body = {pandoc.Row{}}, head = {}, row_head_columns = 1}}, pandoc.TableFoot{})
pandoc.Table(1)
pandoc.Table({}, 5)
pandoc.Table({}, {}, 5)
pandoc.Table({}, {}, pandoc.TableHead{}, 5)
pandoc.Table({}, {}, pandoc.TableHead{}, {}, 5)
pandoc.Table({}, {{'x'}}, pandoc.TableHead{}, {}, pandoc.TableFoot{})
local t = pandoc.Table({long='c'}, {{'AlignLeft'}}, pandoc.TableHead{}, {}, pandoc.TableFoot{}) return t.caption.long, t.caption.short, t.colspecs[1][1], t.colspecs[1][2], #t.bodies, t.head, t.foot
local t = pandoc.Table({long='c'}, {{'AlignLeft'}}, pandoc.TableHead{}, {}, pandoc.TableFoot{}) t.colspecs[1] = {'AlignRight', 0.25} t.caption.long = 'new' return t
local t = pandoc.Table({long='c'}, {{'AlignLeft'}}, pandoc.TableHead{}, {}, pandoc.TableFoot{}) t.head.rows:insert(pandoc.Row{pandoc.Cell'q'}) t.bodies:insert(pandoc.TableBody{pandoc.Row{}}) t.identifier = 'x' return t
local t = pandoc.Table({long='c'}, {{'AlignLeft'}}, pandoc.TableHead{}, {pandoc.TableBody{pandoc.Row{pandoc.Cell'a'}}}, pandoc.TableFoot{}) t.bodies[1].body[1].cells[1].contents = 'z' return t
local t = pandoc.Table({long='c'}, {{'AlignLeft'}}, pandoc.TableHead{}, {pandoc.TableBody{pandoc.Row{pandoc.Cell'a'}}}, pandoc.TableFoot{}) t.bodies[1].head = {pandoc.Row{pandoc.Cell'h'}} t.bodies[1].row_head_columns = 1 return t
local t = pandoc.Table({long='c'}, {{'AlignLeft'}}, pandoc.TableHead{}, {}, pandoc.TableFoot{}) t.foot = pandoc.TableFoot{pandoc.Row{}} t.caption = {long={pandoc.Para'n'}} return t
local t = {} for k in pairs(pandoc.Table({}, {}, pandoc.TableHead{}, {}, pandoc.TableFoot{})) do t[#t + 1] = k end return table.concat(t, ' ')
pandoc.utils.to_simple_table(pandoc.Table({long='c'}, {{'AlignLeft'}, {'AlignRight', 0.5}}, pandoc.TableHead{pandoc.Row{pandoc.Cell'h', pandoc.Cell'i'}}, {pandoc.TableBody{pandoc.Row{pandoc.Cell'a', pandoc.Cell'b'}}}, pandoc.TableFoot{}))
pandoc.utils.to_simple_table(pandoc.Table({}, {{'AlignLeft'}, {'AlignLeft'}}, pandoc.TableHead{}, {pandoc.TableBody{pandoc.Row{pandoc.Cell('a', 'AlignLeft', 1, 2)}, pandoc.Row{pandoc.Cell('b', 'AlignLeft', 2, 1), pandoc.Cell'c'}, pandoc.Row{pandoc.Cell'd'}}}, pandoc.TableFoot{}))
pandoc.utils.to_simple_table(pandoc.Para'x')
pandoc.utils.from_simple_table(pandoc.SimpleTable('c', {'AlignLeft', 'AlignRight'}, {0, 0.5}, {'h', 'i'}, {{'x', 'y'}, {pandoc.Para'z', {}}}))
pandoc.utils.from_simple_table(pandoc.SimpleTable({}, {}, {}, {}, {}))
pandoc.SimpleTable('c', {'AlignLeft'}, {0}, {'h'}, {{'x'}})
pandoc.SimpleTable('c', {'AlignLeft'}, {0}, {'h'}, {{'x'}}).header[1], pandoc.SimpleTable('c', {'AlignLeft'}, {0}, {'h'}, {{'x'}}).rows[1][1], pandoc.SimpleTable('c', {'AlignLeft'}, {0}, {'h'}, {{'x'}}).t
local s = pandoc.SimpleTable('c', {'AlignLeft'}, {0}, {'h'}, {{'x'}}) s.caption = 'new' s.rows[1][1] = 'zz' return pandoc.utils.from_simple_table(s)
pandoc.SimpleTable('c', {'AlignLeft'}, {0}, {'h'}, {{'x'}}) == pandoc.SimpleTable('c', {'AlignLeft'}, {0}, {'h'}, {{'x'}})
