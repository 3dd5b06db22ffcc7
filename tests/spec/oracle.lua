-- A reader for pandoc 2.17: reads documents separated by NUL and answers with the JSON of each, one
-- a line, so that one process serves all examples.
local FORMAT = "gfm-emoji-autolink_bare_uris-yaml_metadata_block"

function Reader(input)
  local lines = {}
  for part in (tostring(input) .. "\0"):gmatch("([^\0]*)\0") do
    local fine, json = pcall(function () return pandoc.write(pandoc.read(part, FORMAT), "json") end)
    lines[#lines + 1] = fine and json or "null"
  end
  return pandoc.Pandoc({pandoc.RawBlock("plain", table.concat(lines, "\n"))})
end
