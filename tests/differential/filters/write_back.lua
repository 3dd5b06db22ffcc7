local function trim(s) return (s:gsub('%s+$', '')) end
function Div(d) return pandoc.CodeBlock(trim(pandoc.write(pandoc.Pandoc(d.content), 'gfm'))) end
function BlockQuote(q) return pandoc.RawBlock('html', pandoc.write(pandoc.Pandoc(q.content), 'html')) end
function Note(n) return pandoc.Str(trim(pandoc.write(pandoc.Pandoc(n.content), 'plain'))) end
function Header(h) return {h, pandoc.CodeBlock(pandoc.write(pandoc.Pandoc{h}, 'native'))} end
function Pandoc(d) d.meta.json = #pandoc.write(d, 'json') > 0 return d end
