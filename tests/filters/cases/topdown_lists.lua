return {{
  traverse = 'topdown',
  Blocks = function(b) if #b > 1 then b[1] = pandoc.Plain 'first' return b end end,
  Inlines = function(i) if #i == 1 then return {}, false end end,
  Quoted = function(q) return q.content end,
}}
