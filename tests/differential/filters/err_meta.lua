function Meta(m) m.f = function() end return m end
