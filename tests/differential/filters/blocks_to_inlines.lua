function BlockQuote(q) return pandoc.Para(pandoc.utils.blocks_to_inlines(q.content)) end
function BulletList(l) return pandoc.Para(pandoc.utils.blocks_to_inlines({l}, {pandoc.Str '|'})) end
function Div(d) return pandoc.Plain(pandoc.utils.blocks_to_inlines(d.content, {pandoc.LineBreak(), pandoc.Str '--'})) end
function Note(n) return pandoc.Span(pandoc.utils.blocks_to_inlines(n.content)) end
function Table(t) return pandoc.Plain(pandoc.utils.blocks_to_inlines{t}) end
function DefinitionList(t) return pandoc.Plain(pandoc.utils.blocks_to_inlines{t}) end
function LineBlock(t) return pandoc.Plain(pandoc.utils.blocks_to_inlines{t}) end
