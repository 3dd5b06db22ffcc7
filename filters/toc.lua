-- A table of contents: a list of links to the headings, in place of a paragraph `[toc]` (or
-- `[目录]`), or at the top when there is none.
--
-- Options (metadata):
--   toc-depth: 3      how many levels below the title are listed
--
-- One first heading above all others is the title of the document and not listed; nor are headings
-- of the class `unlisted`. A heading without an identifier gets one.
--
-- Example:   [toc]    ->   - [Plan](#plan)
--                            - [Costs](#costs)

local MARKS = {['[toc]'] = true, ['[[toc]]'] = true, ['[目录]'] = true}

local function is_mark(el)
  return MARKS[pandoc.utils.stringify(el.content):lower()]
end

-- A link in a link, or a note twice, is no good.
local function text_of(header)
  return header.content:walk {
    Note = function() return {} end,
    Link = function(el) return el.content end,
  }
end

-- Gives each heading an identifier; returns the blocks, and what there is to list.
local function collect(blocks)
  local headers, used = {}, {}
  blocks:walk {Header = function(el) used[el.identifier] = true end}
  blocks = blocks:walk {
    Header = function(el)
      local n = #headers + 1
      while el.identifier == '' do
        if not used['section-' .. n] then el.identifier = 'section-' .. n end
        n = n + 1
      end
      used[el.identifier] = true
      headers[#headers + 1] = el
      return el
    end,
  }
  return blocks, headers
end

local function drop_title(headers)
  for i = 2, #headers do
    if headers[i].level == 1 then return end
  end
  if #headers > 1 and headers[1].level == 1 then table.remove(headers, 1) end
end

-- Returns the list of the headings from `at` on that are at `level` or below it, and where it
-- ended.
local function list_from(headers, at, level)
  local items = {}
  while headers[at] and headers[at].level >= level do
    local header = headers[at]
    local link = pandoc.Link(text_of(header), '#' .. header.identifier)
    local item, below = {pandoc.Plain {link}}, nil
    at = at + 1
    if headers[at] and headers[at].level > header.level then
      below, at = list_from(headers, at, header.level + 1)
      item[2] = below
    end
    items[#items + 1] = item
  end
  return pandoc.BulletList(items), at
end

local function is_listed(header, outermost, depth)
  return header.level < outermost + depth and not header.classes:includes 'unlisted'
end

function Pandoc(doc)
  local given = doc.meta['toc-depth']
  local depth = tonumber(given and pandoc.utils.stringify(given)) or 3
  local blocks, headers = collect(doc.blocks)
  drop_title(headers)
  local outermost, listed = 7, {}
  for _, header in ipairs(headers) do outermost = math.min(outermost, header.level) end
  for _, header in ipairs(headers) do
    if is_listed(header, outermost, depth) then listed[#listed + 1] = header end
  end
  if #listed == 0 then return nil end
  local toc = list_from(listed, 1, outermost)
  local placed = false
  doc.blocks = blocks:walk {
    Para = function(el)
      if is_mark(el) then
        placed = true
        return toc
      end
    end,
  }
  if not placed then doc.blocks:insert(1, toc) end
  return doc
end
