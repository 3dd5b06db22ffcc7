local out = pandoc.List{}
local function try(f, ...)
  local ok, err = pcall(f, ...)
  out:insert(pandoc.CodeBlock(tostring(ok) .. ': ' .. tostring(err):gsub('^[^:]*:%d+: ', '')))
end
function Block(b)
  try(function() b.nonsense = 1 end)
  try(function() b.t = 'Para' end)
  if b.content then try(function() b.content = 7 local c = b:clone() end) end
  try(function() return pandoc.Para(b) end)
  try(function() return b:walk{Str = function() return 5 end} end)
  try(function() return b .. b end)
  try(function() return b < b end)
  try(function() return #b end)
  try(function() return b() end)
  try(function() return b.content[1].text.x.y end)
end
function Pandoc(d) return pandoc.Pandoc(out) end
