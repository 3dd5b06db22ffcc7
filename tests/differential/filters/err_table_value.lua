function Pandoc(d) error({code = 5}) end
