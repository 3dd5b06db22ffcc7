function SoftBreak() return pandoc.LineBreak() end
function LineBreak() return pandoc.Space() end
