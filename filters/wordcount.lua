-- Counts: Chinese characters one by one, other words as words. Writes the sum into the metadata as
-- `wordcount` and a line with its parts to the standard error. Titles in the metadata, code,
-- mathematics and marks are not counted; notes, headings and tables are.
--
-- Options: none.
--
-- Example:   我用Markdown写   ->   wordcount: 4 (3 Chinese characters, 1 word)

local han, words = 0, 0

local function is_han(code)
  return code >= 0x3400 and code <= 0x4DBF or code >= 0x4E00 and code <= 0x9FFF
    or code >= 0xF900 and code <= 0xFAFF or code >= 0x20000 and code <= 0x323AF
end

-- Letters and figures; marks within a word (don't, 1.5, e-mail) do not end it.
local function is_letter(code)
  return code >= 48 and code <= 57 or code >= 65 and code <= 90 or code >= 97 and code <= 122
    or code >= 0xAA and code <= 0x1FFF and code ~= 0xAB and code ~= 0xB7 and code ~= 0xBB
    or code >= 0xAC00 and code <= 0xD7A3 or code >= 0x3040 and code <= 0x30FF
end

local function is_joint(code)
  return code == 39 or code == 44 or code == 45 or code == 46 or code == 0x2019
end

local function Str(el)
  local is_word = false
  for _, code in utf8.codes(el.text) do
    if is_han(code) then
      han, is_word = han + 1, false
    elseif is_letter(code) then
      if not is_word then words = words + 1 end
      is_word = true
    elseif not is_joint(code) then
      is_word = false
    end
  end
end

function Pandoc(doc)
  doc.blocks:walk {Str = Str}
  io.stderr:write(string.format('wordcount: %d (%d Chinese characters, %d %s)\n', han + words, han,
                                words, words == 1 and 'word' or 'words'))
  doc.meta.wordcount = tostring(han + words)
  return doc
end
