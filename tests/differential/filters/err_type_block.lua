function Blocks(bs) return true end
