function Para(el) el.content = {} end
function Str(el) el.text = 'lost' end
