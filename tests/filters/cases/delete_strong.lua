function Strong(el) return {} end
