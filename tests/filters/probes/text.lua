pandoc.text.lower'ÀÉ ẞ İ Σ', pandoc.text.lower'中文 ABC'
pandoc.text.upper'straße', pandoc.text.upper'ﬁ ŉ ǰ ΐ և', pandoc.text.upper'中文 abc ä'
pandoc.text.upper'ǆ', pandoc.text.lower'Ǆ', pandoc.text.upper'ᾳ', pandoc.text.upper'ı', pandoc.text.lower'ΑΣ', pandoc.text.upper'ς'
pandoc.text.len'中文', pandoc.text.len'', pandoc.text.len'é', pandoc.text.len'e\u{301}'
pandoc.text.sub('中文字符', 2, 3), pandoc.text.sub('abc', 2), pandoc.text.sub('abc', -2), pandoc.text.sub('abc', -2, -1)
pandoc.text.sub('abc', 0, 1), pandoc.text.sub('abc', 3, 2), pandoc.text.sub('abc', 5), pandoc.text.sub('abc', -9, 2), pandoc.text.sub('abc', 1, 99)
pandoc.text.sub('abc', '2'), pandoc.text.sub(123, 2)
pandoc.text.sub('abc')
pandoc.text.sub('abc', 'x')
pandoc.text.reverse'中文ab', pandoc.text.reverse''
pandoc.text.lower(5), pandoc.text.upper(1.5)
pandoc.text.lower()
pandoc.text.lower(true)
pandoc.text.upper{}
pandoc.text.len(nil)
pandoc.text.lower'\255a', pandoc.text.len'\255a'
pandoc.text.fromencoding('\xe9', 'latin1'), pandoc.text.toencoding('é', 'latin1') == '\xe9'
pandoc.text.fromencoding('a\0b\0', 'UTF-16LE'), pandoc.text.fromencoding('\xe4\xb8\xad', 'utf8')
pandoc.text.toencoding('ab', 'UTF-16LE') == 'a\0b\0', pandoc.text.toencoding('ab', 'utf-8')
pandoc.text.subscript'123', pandoc.text.subscript'n+1', pandoc.text.subscript'xyz', pandoc.text.subscript''
pandoc.text.superscript'123', pandoc.text.superscript'n', pandoc.text.superscript'a b', pandoc.text.superscript'(1)'
pandoc.text.superscript'中'
require 'text' == pandoc.text, require 'pandoc.text' == pandoc.text, require 'text'.upper'ß'
require 'pandoc' == pandoc, require 'pandoc.path' == pandoc.path, require 'pandoc.json' == pandoc.json
require 'pandoc.template' == pandoc.template, require 'pandoc.layout' == pandoc.layout, require 'pandoc.structure' == pandoc.structure
require 'lpeg' == lpeg, require 're' == re, type(lpeg.P), type(re.compile)
re.match('aaab', '"a"+'), re.find('hello world', '"world"'), re.gsub('a1b2', '[0-9]', '#')
lpeg.match(lpeg.C(lpeg.R'az'^1), 'abc1'), lpeg.match(lpeg.P'x', 'y')
pandoc.text.subscript'a', pandoc.text.subscript'−', pandoc.text.superscript'−+-=()', pandoc.text.subscript'+-=()', pandoc.text.subscript'1 2', pandoc.text.superscript'1\n2'
pandoc.text.fromencoding('\xd6\xd0', 'nope')
pandoc.text.lower'ΑΣ ΌΣΟΣ', pandoc.text.upper'ᾼ ῼ ﬀ ẖ', pandoc.text.lower'ῼ Ω Å', pandoc.text.upper'µ ÿ ſ'
pandoc.text.sub('中文', -1), pandoc.text.sub('中文', 2, -2), pandoc.text.sub('', 1), pandoc.text.sub('abc', -2, 1)
pandoc.text.toencoding('中', 'latin1')
pandoc.text.toencoding('é中😀', 'UTF-16BE') == '\0\xe9\x4e\x2d\xd8\x3d\xde\x00', pandoc.text.fromencoding('\xd8\x3d\xde\x00', 'UTF-16BE'), #pandoc.text.toencoding('a', 'UTF-32LE')
pandoc.text.fromencoding('\xfe\xff\0a', 'UTF-16'), pandoc.text.fromencoding('\xff\xfea\0', 'UTF-16'), pandoc.text.fromencoding('\0\0\0a', 'UTF-32BE')
