traverse = 'topdown'
function Para(p) return {pandoc.Plain{pandoc.Str 'split'}, pandoc.BlockQuote{pandoc.Plain(p.content)}, pandoc.HorizontalRule()} end
function HorizontalRule() return {} end
function Strong(s) return {pandoc.Str '(', pandoc.Emph(s.content), pandoc.Str ')'} end
function Code() return {} end
function SoftBreak() return pandoc.LineBreak() end
