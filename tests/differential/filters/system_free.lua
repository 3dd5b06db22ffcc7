-- What the standard library gives: formats, patterns, integers, utf8, table functions.
function Str(s)
  local n = utf8.len(s.text) or -1
  local t = string.format('%5.2f|%-4d|%x|%q', n / 3, n, n * 17, s.text:sub(1, 2):gsub('[\128-\255]', '?'))
  local packed = table.pack(s.text:byte(1, 3))
  return pandoc.Str(t .. table.concat(packed, ',') .. math.type(n // 2) .. (n ~ 5) .. (7 // 2.0))
end
