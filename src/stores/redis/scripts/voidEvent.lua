--[[
  Declares the stock of an event void: it counts as built on an earlier life of Redis, so nothing is sold from it, and the order
  service drains the queue and builds it anew. Its reservations stay for the rebuild.

  KEYS[1] event   ARGV[1] channel of changes   ARGV[2] event id
  Returns VOID | NO_EVENT.
]]
if redis.call('EXISTS', KEYS[1]) == 0 then return 'NO_EVENT' end
redis.call('HSET', KEYS[1], 'runId', 'void')
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 'VOID'
