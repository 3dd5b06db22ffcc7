function Block(b) return pandoc.Div {b} end
