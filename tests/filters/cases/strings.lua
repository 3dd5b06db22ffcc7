function Code(c) return 'two words' end
function CodeBlock(c) return 'a b' end
function Strong(c) return {'x y', 'z'} end
