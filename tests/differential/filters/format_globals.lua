function Meta(m)
  m.format = FORMAT
  m.version = tostring(PANDOC_VERSION >= '3.0') .. tostring(PANDOC_VERSION)
  m.api = tostring(PANDOC_API_VERSION)
  m.script = pandoc.path.filename(PANDOC_SCRIPT_FILE)
  m.wrap = tostring(PANDOC_WRITER_OPTIONS.wrap_text) .. PANDOC_WRITER_OPTIONS.columns .. tostring(PANDOC_READER_OPTIONS.standalone)
  m.types = {type(PANDOC_STATE), pandoc.utils.type(PANDOC_VERSION), tostring(FORMAT:match 'json')}
  PANDOC_VERSION:must_be_at_least {3, 0}
  return m
end
