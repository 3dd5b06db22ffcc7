-- A table of contents with counts, and every table with numbers of rows and a foot.
local sections = pandoc.List{}
local function header(h) sections:insert{h.level, h.content, h.identifier, 0} end
local function word() if #sections > 0 then sections[#sections][4] = sections[#sections][4] + 1 end end
local function table_rows(t)
  local n = 0
  t.colspecs:insert(1, {pandoc.AlignRight, 0.1})
  for _, row in ipairs(t.head.rows) do row.cells:insert(1, pandoc.Cell{pandoc.Plain 'No'}) end
  for _, body in ipairs(t.bodies) do
    body.row_head_columns = 1
    for _, row in ipairs(body.body) do
      n = n + 1
      row.cells:insert(1, pandoc.Cell({pandoc.Plain{pandoc.Str(tostring(n))}}, 'AlignRight'))
      if n % 2 == 0 then row.classes:insert 'even' end
    end
  end
  t.foot = pandoc.TableFoot{pandoc.Row{pandoc.Cell({pandoc.Plain{n .. ' rows'}}, 'AlignDefault', 1, #t.colspecs)}}
  t.caption.long = {pandoc.Plain{'Table with ' .. n}}
  return t
end
local function finish(d)
  local rows = sections:map(function(s)
    return pandoc.Row{pandoc.Cell(string.rep('#', s[1])), pandoc.Cell{pandoc.Plain{pandoc.Link(s[2], '#' .. s[3])}}, pandoc.Cell{pandoc.Plain(tostring(s[4]))}}
  end)
  d.blocks:insert(1, pandoc.Table({long = {pandoc.Plain 'Contents'}}, {{'AlignLeft'}, {'AlignLeft', 0.75}, {'AlignRight'}},
    pandoc.TableHead{pandoc.Row{pandoc.Cell 'Level', pandoc.Cell 'Title', pandoc.Cell 'Words'}},
    {{attr = {'contents'}, head = {}, body = rows, row_head_columns = 0}}, pandoc.TableFoot(), {class = 'toc'}))
  return d
end
return {{traverse = 'topdown', Header = header, Str = word}, {Table = table_rows, Pandoc = finish}}
