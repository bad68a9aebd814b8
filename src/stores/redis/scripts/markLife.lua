--[[
  Says, or asks, whether all events have been built on this life of Redis.

  KEYS[1] life   ARGV[1] 'mark' to say so, 'ask' to ask
  Returns 1 when they have.
]]
-- @include life

if ARGV[1] == 'mark' then redis.call('SET', KEYS[1], runId()) end
return redis.call('GET', KEYS[1]) == runId() and 1 or 0
