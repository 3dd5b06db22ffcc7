return {setmetatable({}, {__index = function(_, k) if k == 'Str' then return function(s) return pandoc.Str(k .. s.text) end end end})}
