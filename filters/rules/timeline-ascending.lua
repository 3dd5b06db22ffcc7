-- A rule: in a section called Timeline (时间线, 经过, 大事记), each entry is later than the one above it.
--
-- An entry is a paragraph, an item or a cell that begins with a date, a time or both: 2025-01-18,
-- 18 10:05, 2025年1月18日, 1月18日, 10:05, 10时5分. A time without a date is of the day of the entry
-- above.
--
-- Options: none.
--
-- Example:   orgdraft check -L filters/rules/timeline-ascending.lua postmortem.md
--            - 10:20 deployed
--            - 10:05 alarm      ->   10:05 stands below 10:20, which is later

local HEADINGS = {'[Tt]imeline', '时间线', '时间轴', '经过', '大事记'}
-- With the names of what they capture, the longest first.
local DATES = {
  {'^(%d%d%d%d)%-(%d%d?)%-(%d%d?)', 'year', 'month', 'day'},
  {'^(%d%d%d%d)/(%d%d?)/(%d%d?)', 'year', 'month', 'day'},
  {'^(%d%d%d%d)年(%d%d?)月(%d%d?)日', 'year', 'month', 'day'},
  {'^(%d%d?)月(%d%d?)日', 'month', 'day'},
}
local TIMES = {'^[T%s]*(%d%d?):(%d%d)', '^%s*(%d%d?)：(%d%d)', '^%s*(%d%d?)时(%d%d?)分',
               '^%s*(%d%d?)时()'}

-- Reads what `text` begins with; returns the moment as a number and how it is written, or nil. What
-- is missing is taken from `last`.
local function read_moment(text, last)
  local moment, at = {year = last.year, month = last.month, day = last.day}, 1
  for _, form in ipairs(DATES) do
    local from, to, first, second, third = text:find(form[1])
    if from then
      local parts = {first, second, third}
      for i, part in ipairs(parts) do moment[form[i + 1]] = tonumber(part) end
      at = to + 1
      break
    end
  end
  local has_date = at > 1
  local is_same_day = moment.year == last.year and moment.month == last.month
    and moment.day == last.day
  moment.minute = has_date and 0 or nil
  local has_time = false
  for _, form in ipairs(TIMES) do
    local from, to, hour, minute = text:sub(at):find(form)
    if from then
      moment.minute = tonumber(hour) * 60 + (form:find('()', 1, true) and 0 or tonumber(minute))
      at, has_time = at + to, true
      break
    end
  end
  -- A day says nothing about hours, so it may stand below an hour of the same day.
  if at == 1 or not has_time and is_same_day then return nil end
  moment.text = text:sub(1, at - 1)
  moment.order = ((moment.year * 13 + moment.month) * 32 + moment.day) * 1440 + moment.minute
  return moment
end

local function report(element, moment, last)
  orgdraft.report {element, rule = 'timeline-ascending', message = orgdraft.language == 'zh'
    and '时间顺序不对：“' .. moment.text .. '”早于上一条“' .. last.text .. '”'
    or '“' .. moment.text .. '” stands below “' .. last.text .. '”, which is later'}
end

local function timelines()
  local sections = {}
  for _, section in ipairs(orgdraft.outline()) do
    for _, heading in ipairs(HEADINGS) do
      if section.title:find(heading) then
        sections[#sections + 1] = section
        break
      end
    end
  end
  return sections
end

function Pandoc(doc)
  if not orgdraft then return nil end
  local sections, current, last = timelines(), nil, nil

  local function section_of(place)
    for _, section in ipairs(sections) do
      if place and section.stop <= place.start and place.start < section.last then
        return section
      end
    end
  end

  local function check(el)
    local section = section_of(orgdraft.span(el))
    if section ~= current then
      current, last = section, {year = 0, month = 0, day = 0, order = 0}
    end
    local moment = section and read_moment(pandoc.utils.stringify(el.content), last)
    if not moment then return end
    if moment.order < last.order then report(el, moment, last) end
    last = moment
  end

  doc.blocks:walk {Para = check, Plain = check}
end
