function Para(p) return {p, p, pandoc.BlockQuote {p}} end
function Strong(s) return {s, s} end
