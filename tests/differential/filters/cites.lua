function Cite(c)
  for i, x in ipairs(c.citations) do
    x.id = x.id:upper()
    x.prefix = i == 1 and {'cf. ', pandoc.Emph(x.prefix)} or x.prefix
    x.suffix:insert(pandoc.Str '!')
    x.mode = x.mode == 'AuthorInText' and 'NormalCitation' or pandoc.SuppressAuthor
    x.note_num = x.note_num + 1
    x.hash = 0
  end
  c.citations:insert(pandoc.Citation('new', 'NormalCitation'))
  return c
end
function Quoted(q) q.quotetype = q.quotetype == 'SingleQuote' and pandoc.DoubleQuote or 'SingleQuote' return q end
function Math(m) m.mathtype = 'DisplayMath' m.text = m.text .. '\\,' return m end
