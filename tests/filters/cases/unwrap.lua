function Emph(el) return el.content end
function Strong(el) return el.content end
