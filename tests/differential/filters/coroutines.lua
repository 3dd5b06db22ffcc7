local words = coroutine.wrap(function() local n = 0 while true do n = n + 1 coroutine.yield('w' .. n) end end)
function Str(s) return pandoc.Str(words()) end
function Header(h)
  local co = coroutine.create(function(c) local e = coroutine.yield(c[1]) coroutine.yield(e:clone()) end)
  local _, a = coroutine.resume(co, h.content)
  local _, b = coroutine.resume(co, pandoc.Emph(a and {a} or {}))
  h.content:insert(b)
  return h
end
