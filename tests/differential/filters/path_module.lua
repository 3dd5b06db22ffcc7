local path = pandoc.path
local function change(target)
  local base, ext = path.split_extension(target)
  return path.join{'out', path.directory(target), path.filename(base) .. '.x' .. ext} .. '|' .. table.concat(path.split(target), ';') .. '|' .. path.normalize('./a//' .. target) .. '|' .. path.make_relative(target, 'img') .. tostring(path.is_absolute(target))
end
function Image(i) i.src = change(i.src) return i end
function Link(l) l.target = change(l.target) return l end
