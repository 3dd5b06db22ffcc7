-- Changes that are not returned are lost; those that are, are kept.
function Str(s) s.text = 'lost' end
function Para(p) p.content:insert(pandoc.Str 'lost') end
function Header(h) h.level = h.level + 1 h.identifier = h.identifier .. '-x' return h end
function Link(l) l.target = l.target .. '#kept' l.attributes.rel = 'x' return l end
function BulletList(l) l.content[1] = nil end
