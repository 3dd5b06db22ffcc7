traverse = 'topdown'
function Div(el) return el, false end
function BulletList(el) return el, false end
function Str(el) return pandoc.Str('<' .. el.text .. '>') end
function Emph(el) return pandoc.Underline(el.content) end
