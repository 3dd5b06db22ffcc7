return {{Str = function(s) return s end}, 5}
