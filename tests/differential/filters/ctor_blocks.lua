-- Every block constructor, around what stands there (once: documents are nested deep).
function Blocks(bs)
  if #bs == 0 then return nil end
  local first, more = pandoc.Para 'first', {pandoc.Plain 'more', pandoc.HorizontalRule()}
  return {
    pandoc.Plain 'plain', pandoc.Para{'para'}, pandoc.LineBlock{'one', {'two', pandoc.Space()}}, pandoc.CodeBlock('code', {'i', {'lua'}}),
    pandoc.RawBlock('html', '<hr>'), pandoc.BlockQuote(first), pandoc.OrderedList({{first}, 'x'}, {3, 'LowerAlpha', 'Period'}),
    pandoc.BulletList{more, {'y'}}, pandoc.DefinitionList{{'term', {more, 'def'}}}, pandoc.Header(3, 'h', {'hid', {'c'}}),
    pandoc.HorizontalRule(), pandoc.Div(bs, {class = 'wrap'}), pandoc.Figure(first, {pandoc.Plain 'caption'}, {'fid'}),
    pandoc.Figure('x', {long = more, short = 'short'})}
end
