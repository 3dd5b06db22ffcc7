-- lpeg.utfR, which LPeg has from 1.1 on: a character whose code point lies between two.
local lpeg = ...
local P, R = lpeg.P, lpeg.R

-- Matches the byte strings from `first` to `last`, which are of one length.
local function between(first, last)
  local low, high = first:byte(), last:byte()
  if #first == 1 then return R(first .. last) end
  local rest_first, rest_last = first:sub(2), last:sub(2)
  if low == high then return P(first:sub(1, 1)) * between(rest_first, rest_last) end
  local least, most = ('\x80'):rep(#rest_first), ('\xBF'):rep(#rest_first)
  local pattern = P(first:sub(1, 1)) * between(rest_first, most) +
    P(last:sub(1, 1)) * between(least, rest_last)
  if high - low < 2 then return pattern end
  return pattern + R(string.char(low + 1, high - 1)) * between(least, most)
end

return function(from, to)
  local pattern = P(false)
  for _, limit in ipairs{0x7F, 0x7FF, 0xFFFF, 0x10FFFF} do
    if from <= limit and from <= to then
      pattern = pattern + between(utf8.char(from), utf8.char(math.min(to, limit)))
      from = limit + 1
    end
  end
  return pattern
end
