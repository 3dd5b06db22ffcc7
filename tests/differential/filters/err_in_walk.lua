function Para(p) return p:walk{Str = function(s) return s.nothing.here end} end
