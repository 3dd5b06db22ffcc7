-- Numbers the headings: 一、 （一） 1. （1） as Chinese papers do, or 1. 1.1 1.1.1.
--
-- Options (metadata):
--   section-numbers: chinese | decimal    default: chinese when a heading holds Chinese characters
--
-- A number of either style that stands there already is replaced, so that it may be run again after
-- sections have moved. One first heading above all others is the title and has none; neither have
-- headings of the class `unnumbered`, nor, in Chinese style, those below the fourth level.
--
-- Example:   ## 准备工作        ->   ## 一、准备工作
--            ### 场地           ->   ### （一）场地

local DIGITS = {[0] = '', '一', '二', '三', '四', '五', '六', '七', '八', '九'}
local NUMERALS = '〇零一二三四五六七八九十百0123456789'

-- Returns 1 to 999 in Chinese: 十二, 三十, 一百零五.
local function chinese(n)
  local hundreds, tens, ones = n // 100 % 10, n // 10 % 10, n % 10
  local text = hundreds > 0 and DIGITS[hundreds] .. '百' or ''
  if tens > 0 then
    text = text .. ((tens == 1 and hundreds == 0) and '' or DIGITS[tens]) .. '十'
  elseif hundreds > 0 and ones > 0 then
    text = text .. '零'
  end
  return text .. DIGITS[ones]
end

local CHINESE = {
  function(n) return chinese(n) .. '、' end,
  function(n) return '（' .. chinese(n) .. '）' end,
  function(n) return n .. '.' end,
  function(n) return '（' .. n .. '）' end,
}

-- Returns `text` without a number at its start: 十二、 （三） (3) 1. 1、 1.2.
local function strip(text)
  local decimal = text:match '^%d%d?%.[%d%.]*'
  if decimal then return text:sub(#decimal + 1) end
  local opened = text:match '^（' or text:match '^%('
  local at = opened and #opened + 1 or 1
  local first = at
  while true do
    local one = text:match('^' .. utf8.charpattern, at)
    if not one or not NUMERALS:find(one, 1, true) then break end
    at = at + #one
  end
  local closed = text:match(opened and '^）' or '^、', at) or opened and text:match('^%)', at)
  return at > first and closed and text:sub(at + #closed) or text
end

local function number(header, mark, is_chinese)
  local content = header.content
  if content[1] and content[1].t == 'Str' then
    local rest = strip(content[1].text)
    content:remove(1)
    if rest ~= '' then
      content:insert(1, pandoc.Str(rest))
    elseif content[1] and content[1].t == 'Space' then
      content:remove(1)
    end
  end
  if is_chinese and content[1] and content[1].t == 'Str' then
    content[1] = pandoc.Str(mark .. content[1].text)
  else
    if not is_chinese then content:insert(1, pandoc.Space()) end
    content:insert(1, pandoc.Str(mark))
  end
  header.content = content
  return header
end

-- Returns the level that counts as the first, and the heading that is the title.
local function survey(headers)
  local outermost, titles = 7, 0
  for i, header in ipairs(headers) do
    if header.level == 1 then titles = titles + 1 end
    if i > 1 and header.level < outermost then outermost = header.level end
  end
  local has_title = titles == 1 and headers[1].level == 1 and #headers > 1
  if not has_title and headers[1] then outermost = math.min(outermost, headers[1].level) end
  return outermost, has_title
end

function Pandoc(doc)
  local headers = {}
  doc.blocks:walk {Header = function(el) headers[#headers + 1] = el end}
  local style = doc.meta['section-numbers'] and pandoc.utils.stringify(doc.meta['section-numbers'])
  local outermost, has_title = survey(headers)
  for _, header in ipairs(headers) do
    if not style and pandoc.utils.stringify(header.content):find '[\228-\233]' then
      style = 'chinese'
    end
  end
  local counts, seen = {}, 0
  doc.blocks = doc.blocks:walk {
    Header = function(el)
      seen = seen + 1
      if seen == 1 and has_title or el.classes:includes 'unnumbered' then return nil end
      local depth = el.level - outermost + 1
      counts[depth] = (counts[depth] or 0) + 1
      for below = depth + 1, 6 do counts[below] = nil end
      for above = 1, depth - 1 do counts[above] = counts[above] or 1 end
      if style == 'chinese' then
        return CHINESE[depth] and number(el, CHINESE[depth](counts[depth]), true)
      end
      return number(el, table.concat(counts, '.', 1, depth) .. (depth == 1 and '.' or ''), false)
    end,
  }
  return doc
end
