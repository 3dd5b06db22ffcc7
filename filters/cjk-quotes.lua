-- Turns straight quotes around or beside Chinese text into “ ” and ‘ ’.
--
-- Options: none. Quotes of Latin text, apostrophes and code stay as they are; so do all quotes of a
-- kind in a paragraph (or emphasis, link, heading) that holds an odd number of them, as one has no
-- partner.
--
-- Example:   他说"我同意'三分法'"    ->   他说“我同意‘三分法’”

local PAIRS = {['"'] = {'“', '”'}, ["'"] = {'‘', '’'}}

local function has_han(text)
  return text:find '[\227-\233][\128-\191][\128-\191]' ~= nil
end

-- Returns the text of all inlines, where each begins in it, and the places of the straight quotes.
local function survey(inlines)
  local parts, starts, quotes, size = {}, {}, {}, 0
  for i, el in ipairs(inlines) do
    local text = el.t == 'Note' and '' or pandoc.utils.stringify(el)
    starts[i] = size
    if el.t == 'Str' then
      for at in text:gmatch '()["\']' do quotes[#quotes + 1] = size + at end
    end
    parts[i], size = text, size + #text
  end
  return table.concat(parts), starts, quotes
end

-- A quote between two Latin letters is an apostrophe.
local function is_apostrophe(text, at)
  return text:sub(at, at) == "'" and text:sub(at - 1, at + 1):find "^%w'%w" ~= nil
end

-- Returns what is to stand at each place of `quotes`; two of a kind that follow each other are a
-- pair.
local function pair_up(text, quotes)
  local count = {['"'] = 0, ["'"] = 0}
  for _, at in ipairs(quotes) do
    local mark = text:sub(at, at)
    count[mark] = count[mark] + (is_apostrophe(text, at) and 0 or 1)
  end
  local open, new = {}, {}
  for _, at in ipairs(quotes) do
    local mark = text:sub(at, at)
    local start = open[mark]
    if count[mark] % 2 == 0 and not is_apostrophe(text, at) then
      open[mark] = not start and at or nil
      -- The three bytes before and behind are one Chinese character, if there is one.
      if start and has_han(text:sub(start - 3, start - 1) .. ' ' .. text:sub(start + 1, at - 1)
                           .. ' ' .. text:sub(at + 1, at + 3)) then
        new[start], new[at] = PAIRS[mark][1], PAIRS[mark][2]
      end
    end
  end
  return new
end

function Inlines(inlines)
  local text, starts, quotes = survey(inlines)
  if #quotes < 2 then return nil end
  local new = pair_up(text, quotes)
  for i, el in ipairs(inlines) do
    if el.t == 'Str' then
      el.text = el.text:gsub('()(["\'])', function(at) return new[starts[i] + at] end)
    end
  end
  return inlines
end
