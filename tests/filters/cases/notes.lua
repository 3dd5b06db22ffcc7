function Note(n) return {pandoc.Str ' (', pandoc.Span(pandoc.utils.blocks_to_inlines(n.content)), pandoc.Str ')'} end
