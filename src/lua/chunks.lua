-- pandoc.structure.split_into_chunks: a document as the pages of a website.
-- Source of the rules: pandoc, Text.Pandoc.Chunks.
--
-- Gets two functions from the host: new(fields, metatable) makes a userdata, fields(object) gives
-- its fields back. Gives back split_into_chunks and what makes a list of a table of contents.
local new, fields = ...

-- ---- objects ------------------------------------------------------------------------------------

local function haskell_string(text) return tostring(pandoc.Str(text)):sub(5) end
local function maybe(value) return value and 'Just (' .. tostring(value) .. ')' or 'Nothing' end

local CHUNK = {'heading', 'id', 'level', 'number', 'section_number', 'path', 'up', 'prev', 'next',
               'unlisted', 'contents'}
local IS_MEMBER = {}
for _, name in ipairs(CHUNK) do IS_MEMBER[name] = true end

local function show_chunk(chunk)
  local c = fields(chunk)
  local number = c.section_number
  return 'Chunk {chunkHeading = ' .. tostring(pandoc.Inlines(c.heading)) ..
    ', chunkId = ' .. haskell_string(c.id) .. ', chunkLevel = ' .. c.level ..
    ', chunkNumber = ' .. c.number ..
    ', chunkSectionNumber = ' .. (number and 'Just ' .. haskell_string(number) or 'Nothing') ..
    ', chunkPath = ' .. haskell_string(c.path) .. ', chunkUp = ' .. maybe(c.up) ..
    ', chunkPrev = ' .. maybe(c.prev) .. ', chunkNext = ' .. maybe(c.next) ..
    ', chunkUnlisted = ' .. (c.unlisted and 'True' or 'False') ..
    ', chunkContents = ' .. tostring(pandoc.Blocks(c.contents)) .. '}'
end

local function next_member(object, name)
  local at = 1
  while name and CHUNK[at - 1] ~= name do at = at + 1 end
  return CHUNK[at], fields(object)[CHUNK[at]]
end

local chunk_metatable = {
  __name = 'Chunk', __tostring = show_chunk,
  __index = function(chunk, name) return fields(chunk)[name] end,
  __newindex = function(chunk, name, value)
    if not IS_MEMBER[name] then error('Cannot set unknown property.', 0) end
    fields(chunk)[name] = value
  end,
  __pairs = function(chunk) return next_member, chunk, nil end,
}

local document_metatable = {
  __name = 'ChunkedDoc',
  __index = function(document, name) return fields(document)[name] end,
  __newindex = function(document, name)
    if fields(document)[name] == nil then error('Cannot set unknown property.', 0) end
    error(("'%s' is a read-only property."):format(name), 0)
  end,
  __pairs = function(document) return next, fields(document), nil end,
}

-- ---- sections -----------------------------------------------------------------------------------

local function is_section(block)
  return block.t == 'Div' and block.classes[1] == 'section' and block.content[1] and
    block.content[1].t == 'Header'
end

-- Gives every section an identifier, the inner ones first.
local function with_identifiers(blocks)
  local used = {}
  return blocks:walk{Div = function(div)
    if not is_section(div) then return nil end
    if div.identifier == '' then
      div.identifier = pandoc.structure.unique_identifier(div.content[1].content, used)
    end
    used[div.identifier] = true
    return div
  end}
end

-- The tree of sections: [0] is the section itself, [1], … are those below it.
local function contents_tree(blocks, tree)
  for _, block in ipairs(blocks) do
    while block.t == 'Div' and #block.content == 1 and block.content[1].t == 'Div' do
      block = block.content[1]
    end
    local header = block.t == 'Div' and block.content[1]
    local number = header and header.t == 'Header' and header.attributes.number
    if header and header.t == 'Header' and
       (number or not header.classes:includes 'unlisted') then
      local entry = {title = header.content, number = number, id = block.identifier,
                     level = header.level}
      tree[#tree + 1] = contents_tree(block.content, {[0] = entry})
    end
  end
  return tree
end

local function first_of(list, count)
  local first = {}
  for i = 1, count do first[i] = list[i] end
  return first
end

-- ---- chunks -------------------------------------------------------------------------------------

local function document_title(meta)
  local title = meta.title
  local kind = pandoc.utils.type(title)
  if kind == 'Inlines' then return title end
  if kind == 'string' then return pandoc.Inlines{pandoc.Str(title)} end
  local only = kind == 'Blocks' and #title == 1 and title[1]
  if only and (only.t == 'Plain' or only.t == 'Para') then return only.content end
  return pandoc.Inlines{}
end

local function identifier_of(inlines)
  local id = pandoc.structure.unique_identifier(inlines, {})
  local nothing = id == 'section' and not pandoc.utils.stringify(inlines):lower():find 'section'
  return nothing and '' or id
end

local function path_of(template, chunk, preamble)
  local values = {n = ('%03d'):format(chunk.number), s = chunk.section_number or preamble and '0' or '',
                  h = pandoc.utils.stringify(chunk.heading), i = chunk.id}
  for _, key in ipairs{'i', 'h', 's', 'n'} do
    template = template:gsub('%%' .. key, (values[key]:gsub('%%', '%%%%')))
  end
  return (template:gsub('[/\\]', ''))
end

-- Splits blocks at the sections up to `level`. What is still to come is a stack, its top last, so
-- that no section is gone through twice.
local function make_chunks(blocks, level, template, title)
  local chunks, stack = {}, pandoc.List{}
  local function push(list, from) for i = #list, from, -1 do stack:insert(list[i]) end end
  local function splits(block) return is_section(block) and block.content[1].level <= level end
  local function take()
    local taken = pandoc.Blocks{}
    while #stack > 0 and not splits(stack[#stack]) do taken:insert(stack:remove()) end
    return taken
  end
  local function add(chunk, preamble)
    chunks[#chunks + 1] = chunk
    chunk.number = #chunks
    if preamble then chunk.id = identifier_of(title) .. '-' .. #chunks end
    chunk.path = path_of(template, chunk, preamble)
  end
  push(blocks, 1)
  while #stack > 0 do
    local preamble = take()
    if #preamble > 0 then
      add({heading = title, level = 0, unlisted = false, contents = preamble}, true)
    else
      local section = stack:remove()
      local header = section.content[1]
      if header.level < level then
        local inner = section.content
        local count = 1
        while inner[count + 1] and not splits(inner[count + 1]) do count = count + 1 end
        push(inner, count + 1)
        section = pandoc.Div(first_of(inner, count), section.attr)
      end
      add{heading = header.content, id = section.identifier, level = header.level,
          section_number = section.attributes.number,
          unlisted = section.classes:includes('unlisted', 2), contents = pandoc.Blocks{section}}
    end
  end
  return chunks
end

-- ---- references ---------------------------------------------------------------------------------

local HTML = {html = true, html4 = true, html5 = true}

-- Calls `found` with the identifiers in `blocks`.
local function each_identifier(blocks, found)
  local function own(el) if el.identifier ~= '' then found(el.identifier) end end
  local function raw(el)
    if not HTML[el.format] then return end
    for tag in el.text:gmatch '<%a([^>]*)>' do
      local id = tag:match '%sid%s*=%s*"([^"]*)"' or tag:match "%sid%s*=%s*'([^']*)'" or
        tag:match '%sid%s*=%s*([^%s"\'/>]+)'
      if id and id ~= '' then found(id) end
    end
  end
  blocks:walk{Div = own, Header = own, Table = own, Span = own, Link = own, Image = own,
              RawBlock = raw, RawInline = raw}
end

-- Links to what stands in a chunk get its path; attributes for navigation go.
local function fix_references(chunks, meta)
  local paths = {}
  for i = #chunks, 1, -1 do
    each_identifier(chunks[i].contents, function(id) paths[id] = chunks[i].path end)
    paths[chunks[i].id] = chunks[i].path
  end
  local filter = {
    Link = function(link)
      local id = link.target:match '^#(.*)$'
      if not paths[id] then return nil end
      link.target = paths[id] .. link.target
      return link
    end,
    Div = function(div)
      local changed = false
      for key in pairs(div.attributes) do
        if key:sub(1, 4) == 'nav-' then
          div.attributes[key] = nil
          changed = true
        end
      end
      return changed and div or nil
    end,
  }
  for _, chunk in ipairs(chunks) do chunk.contents = chunk.contents:walk(filter) end
  return pandoc.Pandoc({}, meta):walk(filter).meta
end

local function set_paths(tree, chunks)
  local paths = {}
  for i = #chunks, 1, -1 do
    local path = chunks[i].path
    chunks[i].contents:walk{Div = function(div)
      if div.classes[1] == 'section' then paths[div.identifier] = path end
    end}
    paths[chunks[i].id] = path
  end
  paths[''] = nil
  local function set(node, path)
    path = paths[node[0].id] or path
    node[0].path = path .. '#' .. node[0].id
    for _, below in ipairs(node) do set(below, path) end
  end
  set(tree, '')
end

-- ---- navigation ---------------------------------------------------------------------------------

local function with(chunk, key, value)
  local copy = {}
  for k, v in pairs(chunk) do copy[k] = v end
  copy[key] = value
  return copy
end

-- Makes objects of chunks. A neighbour is as it was before its own neighbours were known, as in
-- pandoc.
local function link_chunks(chunks)
  local objects, befores = {}, {}
  for i, chunk in ipairs(chunks) do
    local before = chunks[i - 1]
    if before and before.level < chunk.level then chunk.up = objects[i - 1]
    elseif before and before.level == chunk.level then chunk.up = before.up end
    objects[i] = new(chunk, chunk_metatable)
    befores[i] = with(chunk, 'prev', objects[i - 1])
  end
  local linked = {}
  for i, chunk in ipairs(befores) do
    local after = befores[i + 1]
    linked[i] = new(with(chunk, 'next', after and new(after, chunk_metatable)), chunk_metatable)
  end
  return linked
end

local function split_into_chunks(document, options)
  local sections = with_identifiers(pandoc.structure.make_sections(document.blocks, {
    number_sections = options.number_sections, base_level = options.base_heading_level}))
  local toc = contents_tree(sections, {[0] = {title = pandoc.Inlines{}, id = '', level = 0}})
  local chunks = make_chunks(sections, options.chunk_level, options.path_template,
                             document_title(document.meta))
  set_paths(toc, chunks)
  local meta = fix_references(chunks, document.meta)
  return new({chunks = link_chunks(chunks), meta = meta, toc = toc}, document_metatable)
end

-- ---- a list of the contents ---------------------------------------------------------------------

local function entry_of(info, numbered)
  local function clean(inlines)
    return inlines:walk{Link = function(l) return l.content end, Note = function() return {} end}
  end
  local text = clean(pandoc.Inlines(info.title))
  if numbered and info.number then
    text:insert(1, pandoc.Span({pandoc.Str(info.number)}, {class = 'toc-section-number'}))
    text:insert(2, pandoc.Space())
  end
  local id = info.id ~= '' and 'toc-' .. info.id or ''
  return pandoc.Plain{pandoc.Link(text, info.path, '', {id})}
end

local function contents_list(tree, depth, numbered)
  local items = pandoc.List{}
  for _, node in ipairs(tree) do
    if node[0].level <= depth then
      local below = contents_list(node, depth, numbered)
      items:insert{entry_of(node[0], numbered), #below.content > 0 and below or nil}
    end
  end
  return pandoc.BulletList(items)
end

return split_into_chunks, contents_list
