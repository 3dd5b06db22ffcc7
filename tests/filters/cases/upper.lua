function Str(el) el.text = el.text:upper() return el end
