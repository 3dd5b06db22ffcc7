function Para(p) return {p, pandoc.CodeBlock(pandoc.utils.stringify(p))} end
function Plain(p) return p.content end
function Header(h) return h.level == 1 and {} or pandoc.Strong(h.content) end
function HorizontalRule() return 'rule was here' end
function CodeBlock(c) return pandoc.Blocks{} end
function BlockQuote(q) return q.content end
