--[[
  Puts a whole event into Redis as one new life of its stock. Its buyers and pending reservations have been written under keys
  of their own before: they may be too many for one call, and nobody sees them until this.

  KEYS[1] event   KEYS[2] buyers   KEYS[3] pending   KEYS[4] parked   KEYS[5] new buyers   KEYS[6] new pending
  ARGV[1] fence   ARGV[2] channel of changes   ARGV[3] event id   ARGV[4] new buyers   ARGV[5] new pending reservations: how
  many there must be   then field and value of each field of the event

  Returns INSTALLED | NEWER (this Redis holds a life of the same or a later fence: it stays) | INCOMPLETE (what was written
  before is not all there, so Redis was restarted meanwhile: nothing was changed).
]]
-- @include life

local current = redis.call('HMGET', KEYS[1], 'runId', 'fence')
local id = runId()
if current[1] == id and tonumber(current[2]) >= tonumber(ARGV[1]) then
  redis.call('DEL', KEYS[5], KEYS[6])
  return 'NEWER'
end

local buyers, pending = tonumber(ARGV[4]), tonumber(ARGV[5])
if redis.call('HLEN', KEYS[5]) ~= buyers or redis.call('HLEN', KEYS[6]) ~= pending then return 'INCOMPLETE' end

redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
if buyers > 0 then redis.call('RENAME', KEYS[5], KEYS[2]) end
if pending > 0 then redis.call('RENAME', KEYS[6], KEYS[3]) end
for argument = 6, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[argument], ARGV[argument + 1])
end
redis.call('HSET', KEYS[1], 'runId', id, 'fence', ARGV[1])
redis.call('PUBLISH', ARGV[2], ARGV[3])
return 'INSTALLED'
