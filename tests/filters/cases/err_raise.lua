function Strong(s) error 'no strong please' end
