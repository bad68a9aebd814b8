--[[
  Changes fields of an event that Redis holds. Stock is not changed here.

  KEYS[1] event
  ARGV[1] channel of changes   ARGV[2] event id   then field and value of each; an empty value removes the field

  Returns UPDATED | NO_EVENT | STALE. In the last two cases the rebuild brings the fields from MySQL.
]]
-- @include life

local id = redis.call('HGET', KEYS[1], 'runId')
if not id then return 'NO_EVENT' end
if id ~= runId() then return 'STALE' end
for argument = 3, #ARGV, 2 do
  if ARGV[argument + 1] == '' then
    redis.call('HDEL', KEYS[1], ARGV[argument])
  else
    redis.call('HSET', KEYS[1], ARGV[argument], ARGV[argument + 1])
  end
end
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 'UPDATED'
