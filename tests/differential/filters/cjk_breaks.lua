local function wide(el, at) return el and el.t == 'Str' and utf8.codepoint(el.text, at == 1 and 1 or utf8.offset(el.text, -1)) >= 0x2e80 end
function Inlines(is)
  local out = pandoc.Inlines{}
  for i, el in ipairs(is) do
    local drop = el.t == 'SoftBreak' and wide(is[i - 1], -1) and wide(is[i + 1], 1)
    if not drop then out:insert(el) end
  end
  return out
end
function Str(s) local t = s.text:gsub('([%w%.]+)([\u{4e00}-\u{9fff}])', '%1 %2') return pandoc.Str(t) end
