-- A rule: every decision names who carries it out.
--
-- A decision is an item of a list in a section whose heading says so (决定, 决议, 议定事项, Decisions …),
-- and a paragraph anywhere that says 决定, 同意 … or “decided”, “agreed”, “Decision:”. It has an owner
-- where it says 负责, 牵头 …, “owner”, “responsible”, “assigned to” or @name; the next paragraph may
-- say it as well.
--
-- Options: none.
--
-- Example:   orgdraft check -L filters/rules/decision-has-owner.lua minutes.md
--            - 会议决定增设读书角。    ->   this decision has no owner

local HEADINGS = {'决定', '决议', '议定', '[Dd]ecision', '[Rr]esolution'}
local DECISIONS = {'决定', '会议同意', '一致同意', '%f[%a][Dd]ecided%f[%A]',
                   '%f[%a][Aa]greed%f[%A]', '%f[%a][Rr]esolved that', '^Decision:'}
local OWNERS = {'负责', '牵头', '责任人', '责任单位', '承办', '落实', '经办', '[Oo]wner', '[Rr]esponsible',
                '[Aa]ssigned to', '[Ll]ed by', '%f[@%w]@%S'}

local function matches(text, patterns)
  for _, pattern in ipairs(patterns) do
    if text:find(pattern) then return true end
  end
  return false
end

local function report(element)
  orgdraft.report {element, rule = 'decision-has-owner', message = orgdraft.language == 'zh'
    and '这项决定没有写明由谁负责，请补上，例如“由××负责”'
    or 'this decision has no owner; say who carries it out, such as “Owner: …”'}
end

-- Returns the byte ranges of the sections that hold decisions, and those of all headings: in plain
-- texts a heading is a paragraph.
local function survey()
  local sections, headings = {}, {}
  for _, section in ipairs(orgdraft.outline()) do
    headings[section.start] = section.stop
    if matches(section.title, HEADINGS) then
      sections[#sections + 1] = {section.start, section.last}
    end
  end
  return sections, headings
end

function Pandoc(doc)
  if not orgdraft then return nil end
  local sections, headings = survey()

  local function is_in_section(place)
    for _, range in ipairs(sections) do
      if place and range[1] <= place.start and place.start < range[2] then return true end
    end
    return false
  end

  local function is_heading(block)
    local place = orgdraft.span(block)
    return block.t == 'Header' or place and headings[place.start] == place.stop
  end

  local function check(text, element, following)
    local next_text = following and following.t == 'Para' and not is_heading(following)
      and pandoc.utils.stringify(following) or ''
    if not matches(text, OWNERS) and not (matches(next_text, OWNERS)
                                          and not matches(next_text, DECISIONS)) then
      report(element)
    end
  end

  local function check_list(list)
    for _, item in ipairs(list.content) do
      local text = pandoc.utils.stringify(item)
      if is_in_section(orgdraft.span(item)) or matches(text, DECISIONS) then check(text, item) end
    end
  end

  doc.blocks:walk {
    traverse = 'topdown',
    Blocks = function(blocks)
      for i, block in ipairs(blocks) do
        if block.t == 'Para' and not is_heading(block) then
          local text = pandoc.utils.stringify(block)
          if matches(text, DECISIONS) then check(text, block, blocks[i + 1]) end
        end
      end
    end,
    BulletList = function(el) check_list(el) return nil, false end,
    OrderedList = function(el) check_list(el) return nil, false end,
  }
end
