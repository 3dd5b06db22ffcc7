-- Makes a table of who does what by when, from the whole document: at a paragraph `[action-items]`
-- (or `[任务表]`), else at the end. Nothing is moved or removed.
--
-- Options: none. Read are
--   lines with 负责人：… and perhaps 截止：…    also 责任人, 牵头, 完成时限; Owner: … Due: …
--   lines `@name: task by DATE`                            the date has a figure or is a weekday
--   open items of task lists: - [ ] task @name by DATE
--
-- What is to be done is the rest of the line; when nothing is left, the line before it, or the
-- heading.
--
-- Example:   整理书目。负责人：张三 截止：3月5日    ->   | 张三 | 整理书目 | 3月5日 |

local WHO = {'负责人', '责任人', '牵头人', '牵头', '[Oo]wner'}
local WHEN = {'截止时间', '截止日期', '截止', '完成时限', '[Dd]ue'}
-- Where a value ends: at a mark, at a space beside a Chinese character, before another label.
local STOPS = {'()；', '()。', '()，', '()）', '();', '()%)', '(), ', '()%. ', '()%.$',
               '[\128-\255]()%s', '()%s[\128-\255]', '()%s+[Oo]wner:', '()%s+[Dd]ue:'}
local LEADING = {'%s', '；', '。', '，', '）', ';', ',', '%)', '%.'}
local TRAILING = {'%s', '；', '。', '，', '（', ';', ',', '%('}
local MARKS = {['[action-items]'] = true, ['[任务表]'] = true}

local function trim(text)
  local before
  repeat
    before = text
    for _, mark in ipairs(LEADING) do text = text:gsub('^' .. mark, '') end
    for _, mark in ipairs(TRAILING) do text = text:gsub(mark .. '$', '') end
  until text == before
  return text
end

-- Returns the value behind the first of `labels` and the line without both.
local function take(line, labels)
  for _, label in ipairs(labels) do
    local from, to = line:find(label .. '%s*：%s*')
    if not from then from, to = line:find('%f[%S]' .. label .. '%s*:%s*') end
    if from then
      local stop = #line + 1
      for _, mark in ipairs(STOPS) do stop = math.min(stop, line:match(mark, to + 1) or stop) end
      local before, behind = trim(line:sub(1, from - 1)), trim(line:sub(stop))
      local gap = (before ~= '' and behind ~= '') and ' ' or ''
      return line:sub(to + 1, stop - 1), before .. gap .. behind
    end
  end
  return nil, line
end

-- Takes `by DATE` from the end of a task: `mail the list by Friday`, but not `send it by mail`.
local function take_by(task)
  local before, date = task:match '^(.*)%s+by%s+(.-)%.?$'
  if date and (date:find '%d' or date:find '^%u%l+day$') then return date, before end
  return nil, task
end

-- Returns who, what and when of a line, or nil when it gives nobody a task.
local function parse(line)
  local open = line:match '^☐%s*(.*)$'
  if line:find '^☒' then return nil end
  local who, rest = take(open or line, WHO)
  local when
  when, rest = take(rest, WHEN)
  if not who then
    local name, task = rest:match '^@([^%s:：]+)%s*:%s*(.*)$'
    if not name then name, task = rest:match '^@(.-)%s*：%s*(.*)$' end
    if name and not name:find '%s' then who, rest = name, task end
  end
  if not who and open then
    local before, name, behind = (' ' .. rest):match '^(.*)%s@([^%s,;]+)(.*)$'
    if name then who, rest = name, trim(before .. behind) end
  end
  if not who and not open then return nil end
  if not when then when, rest = take_by(rest) end
  return who or '', rest, when or ''
end

local function split_lines(inlines)
  local lines, line = {}, pandoc.Inlines {}
  for _, el in ipairs(inlines) do
    if el.t == 'SoftBreak' or el.t == 'LineBreak' then
      lines[#lines + 1] = pandoc.utils.stringify(line)
      line = pandoc.Inlines {}
    else
      line:insert(el)
    end
  end
  lines[#lines + 1] = pandoc.utils.stringify(line)
  return lines
end

local function collect(blocks)
  local rows, heading = {}, ''
  local function read(el)
    local previous = heading
    for _, line in ipairs(split_lines(el.content)) do
      local who, what, when = parse(line)
      if who then rows[#rows + 1] = {who, what == '' and previous or trim(what), when} end
      previous = trim(line)
    end
  end
  blocks:walk {
    Header = function(el) heading = pandoc.utils.stringify(el.content) end,
    Para = read,
    Plain = read,
  }
  return rows
end

local function cell(text)
  return text == '' and {} or {pandoc.Plain {pandoc.Str(text)}}
end

local function make_table(rows)
  local all, is_chinese = {}, false
  for i, row in ipairs(rows) do
    all[i] = {cell(row[1]), cell(row[2]), cell(row[3])}
    is_chinese = is_chinese or table.concat(row):find '[\228-\233][\128-\191][\128-\191]' ~= nil
  end
  local titles = is_chinese and {'负责人', '事项', '期限'} or {'Who', 'What', 'By when'}
  local left = pandoc.AlignLeft
  return pandoc.utils.from_simple_table(pandoc.SimpleTable(
    {}, {left, left, left}, {0, 0, 0}, {cell(titles[1]), cell(titles[2]), cell(titles[3])}, all))
end

function Pandoc(doc)
  local rows = collect(doc.blocks)
  if #rows == 0 then return nil end
  local made, placed = make_table(rows), false
  doc.blocks = doc.blocks:walk {
    Para = function(el)
      if MARKS[pandoc.utils.stringify(el.content)] then
        placed = true
        return made
      end
    end,
  }
  if not placed then doc.blocks:insert(made) end
  return doc
end
