--[[
  Takes one token from one bucket.

  KEYS[1] bucket   ARGV[1] tokens per second   ARGV[2] burst
  Returns the ms to wait for the next token; 0 when one was taken.
]]
-- @include bucket

return math.ceil(takeToken(KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), clockUs()) / 1000)
