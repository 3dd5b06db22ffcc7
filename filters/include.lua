-- Puts other files in the place of code blocks of the class `include`, one file name a line,
-- relative to the file that names it. Files may include others, but not themselves. Lines that
-- begin with // are skipped.
--
-- It reads files, so orgdraft runs it only with --trust.
--
-- Options (attributes of the code block, where the format has them):
--   format=gfm      how to read the files; default: by their suffix, else gfm
--   shift=1         levels to add to their headings
--
-- Example:   ``` include
--            parts/plan.md
--            ```

local FORMATS = {md = 'gfm', markdown = 'gfm', txt = 'gfm', html = 'html', htm = 'html',
                 json = 'json'}

local function read_file(path, named_in)
  local file, why = io.open(path, 'rb')
  if not file then error('include: ' .. why .. ', named in ' .. named_in, 0) end
  local text = file:read 'a'
  file:close()
  return text
end

local function folder_of(path)
  return path:match '^(.*)/[^/]*$'
end

local function resolve(name, from)
  local folder = folder_of(from)
  return (not folder or name:sub(1, 1) == '/') and name or folder .. '/' .. name
end

local function shift_headings(blocks, shift)
  return shift == 0 and blocks or blocks:walk {
    Header = function(el)
      el.level = math.max(1, el.level + shift)
      return el
    end,
  }
end

-- Returns a filter for the text of the file `path`; `above` holds it and the files that include it.
local function filter_for(path, above)
  return {
    CodeBlock = function(el)
      if not el.classes:includes 'include' then return nil end
      local out = pandoc.Blocks {}
      for name in el.text:gmatch '%s*([^\n]*%S)' do
        if not name:find '^//' then
          local file = resolve(name, path)
          if above[file] then error('include: ' .. file .. ' includes itself', 0) end
          local format = el.attributes.format or FORMATS[name:match '%.(%w+)$'] or 'gfm'
          local below = setmetatable({[file] = true}, {__index = above})
          local blocks = pandoc.read(read_file(file, path), format).blocks
          blocks = blocks:walk(filter_for(file, below))
          out:extend(shift_headings(blocks, tonumber(el.attributes.shift) or 0))
        end
      end
      return out
    end,
  }
end

local first = PANDOC_STATE.input_files[1] or ''
return {filter_for(first, {[first] = true})}
