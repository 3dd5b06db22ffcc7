function Code(c) return pandoc.Math('InlineMath', c.text) end
function Math(m) m.mathtype = 'DisplayMath' m.text = m.text .. '+1' return m end
function RawInline(r) return pandoc.Code(r.text, {r.format}) end
function RawBlock(r) return {} end
