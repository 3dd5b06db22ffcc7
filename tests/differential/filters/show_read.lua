local cache = {}
local function inlines(text)
  cache[text] = cache[text] or pandoc.utils.blocks_to_inlines(pandoc.read(text, 'markdown').blocks)
  return cache[text]
end
function Code(c) return pandoc.Span(inlines('[' .. c.text:gsub('[%[%]]', '') .. ']{.code} **x** ^[note]'), c.attr) end
function CodeBlock(c) return pandoc.read('> ' .. c.text:gsub('\n', '\n> ') .. '\n\n- *item*\n', 'gfm').blocks end
function Image(i) i.caption = inlines 'Figure: *see* "caption" -- [@ref]' return i end
function Header(h)
  local d = pandoc.read('# ' .. pandoc.utils.stringify(h):gsub('[^%w ]', '') .. ' {.read #new}\n\n---\n', 'markdown')
  d.blocks[1].level = h.level
  return d.blocks
end
