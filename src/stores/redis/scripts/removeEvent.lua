--[[
  Removes an event that nobody holds a unit of.

  KEYS[1] event   KEYS[2] buyers   KEYS[3] pending   KEYS[4] parked   KEYS[5] outcomes
  ARGV[1] channel of changes   ARGV[2] event id
  Returns REMOVED | HELD (a buyer holds units, or Redis was restarted and cannot know: nothing was done).
]]
-- @include life

local id = redis.call('HGET', KEYS[1], 'runId')
if id and id ~= runId() then return 'HELD' end
if redis.call('HLEN', KEYS[2]) > 0 or redis.call('HLEN', KEYS[3]) > 0 then return 'HELD' end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5])
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 'REMOVED'
