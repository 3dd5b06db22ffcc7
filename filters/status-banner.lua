-- Says at the top and at the bottom that a document is a draft, until its metadata has the status
-- `final`.
--
-- Options (metadata):
--   status: final           or 定稿, 终稿, published: no banner, and none of an earlier run
--   status-banner: text     what it says; default: DRAFT, 草稿 in a Chinese document, and the status
--
-- The banner is a Div of the class `status-banner`, for a style sheet: one with `position: fixed`
-- in print stands on every page.
--
-- Example:   status: review    ->   <div class="status-banner">**DRAFT (review)**</div>

local FINAL = {['final'] = true, ['published'] = true, ['定稿'] = true, ['终稿'] = true}
local PLAIN = {[''] = true, ['draft'] = true, ['草稿'] = true}

local function is_chinese(doc)
  local lang = doc.meta.lang and pandoc.utils.stringify(doc.meta.lang)
  if lang then return lang:find '^zh' ~= nil end
  return pandoc.utils.stringify(doc.blocks):find '[\228-\233][\128-\191][\128-\191]' ~= nil
end

local function wording(doc, status)
  local given = doc.meta['status-banner']
  if given then return pandoc.utils.stringify(given) end
  if is_chinese(doc) then return PLAIN[status] and '草稿' or '草稿（' .. status .. '）' end
  return PLAIN[status] and 'DRAFT' or 'DRAFT (' .. status .. ')'
end

local function banner(text)
  return pandoc.Div({pandoc.Para {pandoc.Strong {pandoc.Str(text)}}}, {class = 'status-banner'})
end

-- Removes earlier banners; in Markdown one is a line of HTML, a paragraph, and a line of HTML.
local function remove_banners(blocks)
  local is_inside = false
  return blocks:filter(function(block)
    if is_inside then
      is_inside = block.t ~= 'RawBlock' or not block.text:find '^</div>'
      return false
    end
    is_inside = block.t == 'RawBlock' and block.text:find '^<div class="status%-banner">' ~= nil
    return not is_inside and not (block.t == 'Div' and block.classes:includes 'status-banner')
  end)
end

function Pandoc(doc)
  local status = doc.meta.status and pandoc.utils.stringify(doc.meta.status) or ''
  doc.blocks = remove_banners(doc.blocks)
  if not FINAL[status:lower()] then
    local text = wording(doc, status)
    doc.blocks:insert(1, banner(text))
    doc.blocks:insert(banner(text))
  end
  return doc
end
