-- Every inline constructor, around what stands there.
function Para(p)
  local x = p.content
  return pandoc.Para{
    pandoc.Emph(x), pandoc.Strong(x), pandoc.Strikeout 'a b', pandoc.Superscript{'x'}, pandoc.Subscript{'y z'},
    pandoc.SmallCaps(pandoc.Str 's'), pandoc.Underline(x), pandoc.Quoted(pandoc.SingleQuote, x),
    pandoc.Quoted('DoubleQuote', 'q'), pandoc.Cite(x, {pandoc.Citation('k', pandoc.AuthorInText, 'pre', 'suf', 1, 2)}),
    pandoc.Code('c', {'i', {'l'}, {k = 'v'}}), pandoc.Math(pandoc.InlineMath, 'm'), pandoc.Math('DisplayMath', 'n'),
    pandoc.RawInline('html', '<i>'), pandoc.Link(x, 'u', 't', {id = 'l'}), pandoc.Image('alt', 's', 't', {width = '5'}),
    pandoc.Note(pandoc.Para(x)), pandoc.Span(x, {class = 'a b'}), pandoc.Space(), pandoc.SoftBreak(), pandoc.LineBreak()}
end
