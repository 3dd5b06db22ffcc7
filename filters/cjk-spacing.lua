-- One space between Chinese (or Japanese) characters and Latin words or figures, everywhere; or
-- none.
--
-- Options (metadata):
--   cjk-spacing: one | none         default: one
--   cjk-spacing-digits: false       leaves figures as they are (2025年1月)
--
-- Words in code are moved away from their neighbours, never changed; addresses are left alone. A
-- line break of the source is no space and stays.
--
-- Example:   用Markdown写3篇    ->   用 Markdown 写 3 篇

local mode, digits = 'one', true

local function kind(code)
  if code >= 0x3400 and code <= 0x9FFF or code >= 0x3040 and code <= 0x30FF
      or code >= 0xF900 and code <= 0xFAFF or code >= 0x20000 and code <= 0x323AF then
    return 'han'
  end
  if code >= 48 and code <= 57 then return digits and 'latin' or nil end
  if code >= 65 and code <= 90 or code >= 97 and code <= 122
      or code >= 0xC0 and code <= 0x24F and code ~= 0xD7 and code ~= 0xF7 then
    return 'latin'
  end
end

local function is_border(left, right)
  return left and right and left ~= right
end

-- Returns the kinds of the first and the last character of an inline.
local function ends(el)
  local text = el.t == 'Note' and '' or pandoc.utils.stringify(el)
  if text == '' then return nil, nil end
  return kind(utf8.codepoint(text)), kind(utf8.codepoint(text, utf8.offset(text, -1)))
end

-- Appends `text` to `list`, with a Space at each border within.
local function add_split(list, text)
  local from, last = 1, nil
  for at, code in utf8.codes(text) do
    local this = kind(code)
    if is_border(last, this) then
      list:insert(pandoc.Str(text:sub(from, at - 1)))
      list:insert(pandoc.Space())
      from = at
    end
    last = this
  end
  list:insert(pandoc.Str(text:sub(from)))
end

local function is_address(text)
  return text:find('://', 1, true) or text:find('@', 1, true)
end

local function is_removable(el, last, following)
  if mode ~= 'none' or el.t ~= 'Space' or not following then return false end
  local first = ends(following)
  return is_border(last, first)
end

local function Inlines(inlines)
  local out, last = pandoc.Inlines {}, nil
  for i, el in ipairs(inlines) do
    if not is_removable(el, last, inlines[i + 1]) then
      local first, final = ends(el)
      if mode == 'one' and is_border(last, first) then out:insert(pandoc.Space()) end
      if mode == 'one' and el.t == 'Str' and not is_address(el.text) then
        add_split(out, el.text)
      else
        out:insert(el)
      end
      last = final
    end
  end
  return out
end

local function Link(el)
  local text = pandoc.utils.stringify(el.content)
  return nil, text ~= el.target and 'mailto:' .. text ~= el.target
end

local function Meta(meta)
  if meta['cjk-spacing'] then mode = pandoc.utils.stringify(meta['cjk-spacing']) end
  digits = meta['cjk-spacing-digits'] ~= false
end

return {{Meta = Meta}, {traverse = 'topdown', Inlines = Inlines, Link = Link}}
