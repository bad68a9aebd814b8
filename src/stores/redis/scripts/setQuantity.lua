--[[
  Brings the quantity of an event to Redis: the units that are left change by as much. Called again it changes nothing.

  KEYS[1] event
  ARGV[1] quantity   ARGV[2] fence that the caller knows   ARGV[3] channel of changes   ARGV[4] event id

  Returns { code, available }: SET | SAME (it has this quantity already) | NOT_FREE (fewer units are left than would have to
  go: nothing was done) | NO_EVENT | STALE (built on an earlier life of Redis, or of another fence: the rebuild will take the
  quantity from MySQL).
]]
-- @include life

local fields = redis.call('HMGET', KEYS[1], 'runId', 'fence', 'quantity', 'available')
if not fields[1] then return { 'NO_EVENT', 0 } end
local available = tonumber(fields[4])
if fields[1] ~= runId() or fields[2] ~= ARGV[2] then return { 'STALE', available } end

local added = tonumber(ARGV[1]) - tonumber(fields[3])
if added == 0 then return { 'SAME', available } end
if available + added < 0 then return { 'NOT_FREE', available } end

available = available + added
redis.call('HSET', KEYS[1], 'quantity', ARGV[1], 'available', available)
-- Units that came: whoever knows the event to be sold out must ask again.
if added > 0 then redis.call('HINCRBY', KEYS[1], 'stockVersion', 1) end
redis.call('PUBLISH', ARGV[3], ARGV[4])
return { 'SET', available }
