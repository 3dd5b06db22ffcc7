-- A rule: the text of a link says where it leads. “here” and “点击这里” say nothing to who hears the
-- page read aloud, or finds it printed; an empty text says nothing to anyone.
--
-- Options: none. Links whose text is their address are left alone.
--
-- Example:   orgdraft check -L filters/rules/link-text.lua draft.md
--            [here](plan.md)    ->   the text of this link, “here”, does not say where it leads

local VAGUE = {
  'here', 'click here', 'this', 'this link', 'link', 'more', 'read more', 'see here', 'this page',
  '这里', '此处', '点击这里', '点击此处', '点这里', '点击', '链接', '查看', '更多', '查看更多', '详情',
  '查看详情',
}
local is_vague = {}
for _, text in ipairs(VAGUE) do is_vague[text] = true end

local function say(zh, en)
  return orgdraft.language == 'zh' and zh or en
end

local function has_image(el)
  local found = false
  el:walk {Image = function(image) found = found or #image.caption > 0 end}
  return found
end

function Link(el)
  if not orgdraft then return nil end
  local text = pandoc.utils.stringify(el.content):gsub('…', ''):gsub('»', '')
  text = text:gsub('^%s+', ''):gsub('[%s.>]+$', '')
  if text == '' and not has_image(el) then
    orgdraft.report {el, rule = 'link-text', message = say(
      '这个链接没有文字，读者不知道它通向哪里',
      'this link has no text, so nobody can tell where it leads')}
  elseif is_vague[text:lower()] then
    orgdraft.report {el, rule = 'link-text', message = say(
      '链接文字“' .. text .. '”没有说明它通向哪里，请写出目标的名称',
      'the text of this link, “' .. text .. '”, does not say where it leads; name the page')}
  end
end
