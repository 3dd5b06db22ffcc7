local function deep(n) if n == 0 then return nil .. 'x' end return deep(n - 1) .. '' end
function Pandoc(d) return deep(3) end
