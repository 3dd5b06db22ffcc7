function BlockQuote(b) return pandoc.Div(b.content, pandoc.Attr('', {'quote'})) end
function HorizontalRule() return pandoc.RawBlock('html', '<hr class="x">') end
