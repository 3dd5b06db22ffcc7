-- Masks names, telephone numbers, identity numbers and e-mail addresses, before something is
-- published.
--
-- Options (metadata):
--   redact-names: [张三, 李四]    names to mask wherever they stand
--   redact-mark: ×               stands for one character; default: █
--   redact-labels: [经办人]       more words behind which a name stands, besides 姓名, 联系人 …
--
-- Names are known by their place: behind a label with a colon, and before 同志 when they begin with a
-- common surname. The rest needs `redact-names`, and in any case eyes: read what comes out.
-- Comments, code, titles and the metadata are masked too. A link whose address tells too much
-- becomes its text; the identifier of a heading that was masked is dropped, as it is made of the
-- name.
--
-- Example:   王建国同志，电话13800138000    ->   ███同志，电话███████████

local LABELS = {'姓名', '同志', '联系人', '负责人', '经办人', '身份证姓名'}
local SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任'
    .. '沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'
local PATTERNS = {
  '%f[%d]%d%d%d%d%d%d[12]%d%d%d[01]%d[0-3]%d%d%d%d[%dXx]%f[^%dXx]', -- identity number
  '%f[%d]%d%d%d%d%d%d%d%d%d%d%d%d%d%d%d%f[%D]',                      -- the old one, of 15 figures
  '%f[%d]1[3-9]%d[ -]?%d%d%d%d[ -]?%d%d%d%d%f[%D]',                 -- mobile
  '%f[%d]86[ -]?1[3-9]%d[ -]?%d%d%d%d[ -]?%d%d%d%d%f[%D]',
  '%f[%d]0%d%d%d?[ -]?%d%d%d%d%d%d%d%d?%f[%D]',                     -- with area code
  '[%w._%%+-]+@[%w-]+%.[%w.-]*%w',
}
local mark, names = '█', {}

-- Returns the end of the name at `at`, up to `most` Chinese characters; nil when there is none.
local function name_end(text, at, most)
  local stop
  for _ = 1, most do
    local one = text:match('^[\228-\233][\128-\191][\128-\191]', at)
      or stop and text:match('^·', at)
    if not one then break end
    at = at + #one
    stop = at - 1
  end
  return stop
end

local function add(ranges, from, to)
  ranges[#ranges + 1] = {from, to}
end

local function find_plain(ranges, text, word)
  local from, to = text:find(word, 1, true)
  while from do
    add(ranges, from, to)
    from, to = text:find(word, to + 1, true)
  end
end

local function find_labelled(ranges, text)
  for _, label in ipairs(LABELS) do
    local at = 1
    while true do
      local _, to = text:find(label, at, true)
      if not to then break end
      local start = text:match('^ *：%s*()', to + 1) or text:match('^ *:%s*()', to + 1)
      local stop = start and name_end(text, start, 8)
      if stop then add(ranges, start, stop) end
      -- More names follow behind 、
      while stop and text:find('^、', stop + 1) do
        start = stop + #'、' + 1
        stop = name_end(text, start, 8)
        if stop then add(ranges, start, stop) end
      end
      at = to + 1
    end
  end
end

-- Masks up to three characters before 同志, from the surname that is farthest away.
local function find_comrades(ranges, text)
  for stop in text:gmatch '()%s*同志' do
    for characters = 3, 1, -1 do
      local from = stop - 3 * characters
      if from >= 1 and name_end(text, from, characters) == stop - 1
          and SURNAMES:find(text:sub(from, from + 2), 1, true)
          and text:sub(from - 3, from + 2) ~= '关于' then
        add(ranges, from, stop - 1)
        break
      end
    end
  end
end

-- Returns the bytes of `text` that are to be masked, as a set, and whether there are any.
local function survey(text)
  local ranges, masked = {}, {}
  for _, name in ipairs(names) do find_plain(ranges, text, name) end
  find_labelled(ranges, text)
  find_comrades(ranges, text)
  for _, pattern in ipairs(PATTERNS) do
    for from, to in text:gmatch('()' .. pattern .. '()') do add(ranges, from, to - 1) end
  end
  for _, range in ipairs(ranges) do
    for at = range[1], range[2] do masked[at] = true end
  end
  return masked, #ranges > 0
end

-- Returns `text`, which begins at `offset` of what `masked` is about, with marks.
local function cover(text, masked, offset)
  return (text:gsub('()(' .. utf8.charpattern .. ')', function(at, one)
    if masked[offset + at] and one ~= ' ' then return mark end
  end))
end

local function redact(text)
  return cover(text, survey(text), 0)
end

-- A name may be bold and its label not: leaves are joined, searched, and written back.
local function redact_inlines(inlines)
  local parts, size = {}, 0
  local function read(el)
    local text = el.text or ' '
    parts[#parts + 1], size = text, size + #text
  end
  inlines:walk {Str = read, Code = read, Space = read, SoftBreak = read, LineBreak = read}
  local masked, any = survey(table.concat(parts))
  if not any then return nil end
  local offset = 0
  local function write(el)
    local text = el.text or ' '
    local new = el.text and cover(text, masked, offset)
    offset = offset + #text
    if new and new ~= text then
      el.text = new
      return el
    end
  end
  return inlines:walk {Str = write, Code = write, Space = write, SoftBreak = write,
                       LineBreak = write}
end

local function redact_text(el)
  el.text = redact(el.text)
  return el
end

local function Link(el)
  if redact(el.target) ~= el.target then return el.content end
  el.title = redact(el.title)
  return el
end

local function Image(el)
  el.src, el.title = redact(el.src), redact(el.title)
  return el
end

local function Header(el)
  if not redact_inlines(el.content) then return nil end
  el.identifier = ''
  return el
end

local function words(value)
  local list = {}
  for _, item in ipairs(pandoc.utils.type(value) == 'List' and value or {value}) do
    list[#list + 1] = pandoc.utils.stringify(item)
  end
  return list
end

local function Meta(meta)
  names = words(meta['redact-names'])
  for _, label in ipairs(words(meta['redact-labels'])) do table.insert(LABELS, label) end
  if meta['redact-mark'] then mark = pandoc.utils.stringify(meta['redact-mark']) end
  for _, key in ipairs {'redact-names', 'redact-labels', 'redact-mark'} do meta[key] = nil end
  for key, value in pairs(meta) do
    if type(value) == 'string' then meta[key] = redact(value) end
  end
  return meta
end

return {
  {Meta = Meta},
  {RawInline = redact_text, RawBlock = redact_text, CodeBlock = redact_text, Math = redact_text,
   Link = Link, Image = Image, Header = Header},
  {Inlines = redact_inlines},
}
