--[[
  Everything that Redis knows of one event, at one moment.

  KEYS[1] event   KEYS[2] buyers   KEYS[3] pending   KEYS[4] parked
  ARGV[1] '1' to read the buyers too, the largest part; else they are empty
  Returns { code, nowMs, event, buyers, pending, parked }, each a flat list of fields and values: OK | NO_EVENT | STALE. What
  is left of an earlier life is returned too: the rebuild looks for reservations in it.
]]
-- @include life
-- @include bucket

local nowMs = math.floor(clockUs() / 1000)
local id = redis.call('HGET', KEYS[1], 'runId')
local code = 'OK'
if not id then code = 'NO_EVENT' elseif id ~= runId() then code = 'STALE' end
local buyers = {}
if ARGV[1] == '1' then buyers = redis.call('HGETALL', KEYS[2]) end
return { code, nowMs, redis.call('HGETALL', KEYS[1]), buyers, redis.call('HGETALL', KEYS[3]),
  redis.call('HGETALL', KEYS[4]) }
