-- pandoc.utils.references: what a document cites of its metadata field `references`, as tables with
-- the fields of CSL JSON. Source of the rules: pandoc, Text.Pandoc.Citeproc.MetaValue.

local type_of, stringify = pandoc.utils.type, pandoc.utils.stringify

local function set(names)
  local made = {}
  for name in names:gmatch '%S+' do made[name] = true end
  return made
end

local NAMES = set [[author collection-editor composer container-author director editor
  editorial-director illustrator interviewer original-author recipient reviewed-author translator]]
local DATES = set 'accessed available-date container event-date issued original-date submitted'
local CAPITALS = set 'doi url isbn issn pmid pmcid'
local NAME_FIELDS = {'family', 'given', 'dropping-particle', 'non-dropping-particle', 'suffix',
                     'literal'}
local NAME_FLAGS = {'comma-suffix', 'static-ordering'}

local function is_map(value) return type_of(value) == 'table' and #value == 0 end
local function is_list(value)
  return type_of(value) == 'List' or (type_of(value) == 'table' and #value > 0)
end
local function is_text(value)
  local kind = type_of(value)
  return kind == 'string' or kind == 'number' or kind == 'Inlines' or kind == 'Inline'
end

-- ---- names --------------------------------------------------------------------------------------

local function name_of(value)
  if is_text(value) then return {literal = stringify(value)} end
  local name = {}
  for _, field in ipairs(NAME_FIELDS) do
    if value[field] ~= nil then name[field] = stringify(value[field]) end
  end
  for _, flag in ipairs(NAME_FLAGS) do
    if value[flag] == true then name[flag] = true end
  end
  return name
end

local function names_of(value)
  if is_text(value) or is_map(value) then return pandoc.List{name_of(value)} end
  if not is_list(value) then return pandoc.List{} end
  return pandoc.List(value):filter(function(v) return is_text(v) or is_map(v) end):map(name_of)
end

-- ---- dates --------------------------------------------------------------------------------------

local function whole(value) return math.tointeger(tonumber(stringify(value))) end

-- Reads YYYY, YYYY-MM or YYYY-MM-DD, whose year may be before Christ; nil for anything else.
local function day_of(text)
  if text == '' then return pandoc.List{0} end
  local sign, year, rest = text:match '^(%-?)(%d%d%d%d)(.*)$'
  if not year then return nil end
  year = math.tointeger(year)
  local parts = pandoc.List{sign == '' and year or -year - 1}
  local month, day = rest:match '^%-(%d%d)%-(%d%d)$'
  month = month or rest:match '^%-(%d%d)$'
  if rest ~= '' and not month then return nil end
  parts:extend{month and math.tointeger(month), day and math.tointeger(day)}
  return parts
end

local function date_of_text(text)
  local date = {['date-parts'] = pandoc.List{}}
  local mark = text:match '[?~%%]$'
  if mark then text = text:sub(1, -2) end
  local first, second = text:match '^([^/]*)/([^/]*)$'
  local a, b = day_of(first or text), second and day_of(second)
  if text == '' or not a or (second and not b) then return date end
  if mark and mark ~= '?' then date.circa = true end
  date['date-parts']:extend{a, b}
  return date
end

local function part_of(value)
  if not is_list(value) then return nil end
  return pandoc.List(value):map(function(number) return whole(number) or 0 end)
end

-- The parts of a date that is written as year, month and day.
local function parts_of_fields(value)
  local year = value.year and whole(value.year)
  if not year then return nil end
  local parts = pandoc.List{year}
  local season = value.season and whole(value.season)
  local month = value.month and whole(value.month) or season and season + 20
  if month then parts:extend{month, value.day and whole(value.day)} end
  return parts
end

local function date_of(value)
  if is_text(value) then return date_of_text(stringify(value)) end
  local date = {['date-parts'] = pandoc.List{}}
  if is_list(value) then
    for _, part in ipairs(value) do
      date['date-parts']:insert(is_map(part) and parts_of_fields(part) or nil)
    end
    return date
  end
  if not is_map(value) then return date end
  if value.raw ~= nil then return date_of_text(stringify(value.raw)) end
  if is_list(value['date-parts']) then
    for _, part in ipairs(value['date-parts']) do
      local parts = part_of(part)
      if parts then date['date-parts']:insert(parts) end
    end
  else
    local parts = parts_of_fields(value)
    if parts then date['date-parts']:insert(parts) end
  end
  date.season = value.season and whole(value.season)
  if value.literal ~= nil then date.literal = stringify(value.literal) end
  if value.circa == true then date.circa = true end
  return date
end

-- ---- references ---------------------------------------------------------------------------------

local function text_of(value)
  local kind = type_of(value)
  if kind == 'Inlines' then return value:walk{Note = function(note)
    return pandoc.Note{pandoc.Plain(pandoc.utils.blocks_to_inlines(note.content))}
  end} end
  if kind == 'Inline' then return pandoc.Inlines{value} end
  if kind == 'Blocks' then return pandoc.utils.blocks_to_inlines(value) end
  if kind == 'string' or kind == 'number' or kind == 'boolean' then return stringify(value) end
  return ''
end

local function reference_of(value)
  local reference = {id = stringify(value.id), type = ''}
  for key, field in pairs(value) do
    local name = key:lower()
    if name == 'type' then reference.type = stringify(field)
    elseif NAMES[name] then reference[name] = names_of(field)
    elseif DATES[name] then reference[name] = date_of(field)
    elseif name ~= 'id' then
      reference[CAPITALS[name] and name:upper() or name] = text_of(field)
    end
  end
  return reference
end

local function cited_in(document)
  local cited = {}
  document:walk{Cite = function(cite)
    for _, citation in ipairs(cite.citations) do cited[citation.id] = true end
  end}
  return cited
end

return function(document)
  local meta = document.meta
  if meta.bibliography then
    error(("pandoc.utils.references does not read bibliographies (%s) here; put what they hold " ..
           "into the metadata field references, for example with: pandoc -f bibtex -t markdown -s")
          :format(stringify(meta.bibliography)), 0)
  end
  local cited, found = cited_in(document), pandoc.List{}
  for _, value in ipairs(is_list(meta.references) and meta.references or {}) do
    local id = is_map(value) and value.id ~= nil and stringify(value.id)
    if id and (cited[id] or cited['*']) then found:insert(reference_of(value)) end
  end
  return found
end
