function Space() return {} end
