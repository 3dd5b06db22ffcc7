function CodeBlock(c) return pandoc.read(c.text, 'gfm').blocks end
function Code(c) return pandoc.utils.blocks_to_inlines(pandoc.read('*' .. c.text .. '* [x]{.y} ^sup^', 'markdown').blocks) end
function Meta(m) m.caption = pandoc.read('A *caption* with `code`, "quotes" and $math$').blocks[1].content return m end
function Header(h) return pandoc.read('# **' .. pandoc.utils.stringify(h) .. '** {#i .c}', 'markdown').blocks[1] end
