-- What PANDOC_STATE and pandoc.with_state know, and what they refuse.
local function tell(f)
  local good, what = pcall(f)
  return tostring(good) .. ' ' .. tostring(what):gsub('^.-lua:%d+: ', ''):gsub('\nstack traceback.*', '')
end

local KEYS = {'nope', 'no_check_certificate', 'source_url', 'trace', 1}
local OPTIONS = {
  {user_data_dir = '/u'}, {user_data_dir = 5}, {user_data_dir = true}, {resource_path = {'a', 'b'}},
  {resource_path = 'a'}, {request_headers = {{'a', 'b'}}}, {trace = true}, {input_files = {}}, {},
}

function Pandoc(doc)
  doc.meta.type = pandoc.utils.type(PANDOC_STATE)
  doc.meta.keys = pandoc.List(KEYS):map(function(key)
    return tell(function() return PANDOC_STATE[key] end)
  end)
  doc.meta.options = pandoc.List(OPTIONS):map(function(options)
    return tell(function()
      return pandoc.with_state(options, function()
        local s = PANDOC_STATE
        return (options.user_data_dir and s.user_data_dir or '') .. ' ' ..
          pandoc.utils.type(s.resource_path) .. #s.resource_path ..
          pandoc.utils.type(s.request_headers)
      end)
    end)
  end)
  doc.meta.after = #PANDOC_STATE.resource_path
  return doc
end
