return {{Strong = function(el) return pandoc.SmallCaps(el.content) end}}
