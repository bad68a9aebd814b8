--[[
  Returns the units of one order to the event, once only: the buyer's record says whether the order still holds them.

  KEYS[1] event   KEYS[2] buyers   KEYS[3] pending   KEYS[4] parked
  ARGV[1] user id   ARGV[2] order id   ARGV[3] channel of changes   ARGV[4] event id

  Returns { code, available }: RELEASED | NOT_HELD (returned before, or never taken in this life: nothing was done) | NO_EVENT
  | STALE (built on an earlier life of Redis: the rebuild will count this order as returned) | OVERFLOW (more units than the
  event has: nothing was done, and audit must look).
]]
-- @include life
-- @include buyer

local fields = redis.call('HMGET', KEYS[1], 'runId', 'available', 'quantity')
if not fields[1] then return { 'NO_EVENT', 0 } end
local available = tonumber(fields[2])
if fields[1] ~= runId() then return { 'STALE', available } end

local units, orders = parseBuyer(redis.call('HGET', KEYS[2], ARGV[1]))
local kept, quantity = removeOrder(orders, ARGV[2])
if not quantity then return { 'NOT_HELD', available } end
if available + quantity > tonumber(fields[3]) then return { 'OVERFLOW', available } end

if kept == '' then
  redis.call('HDEL', KEYS[2], ARGV[1])
else
  redis.call('HSET', KEYS[2], ARGV[1], formatBuyer(units - quantity, kept))
end
redis.call('HDEL', KEYS[3], ARGV[2])
redis.call('HDEL', KEYS[4], ARGV[2])
available = available + quantity
redis.call('HSET', KEYS[1], 'available', available)
redis.call('HINCRBY', KEYS[1], 'stockVersion', 1)
redis.call('PUBLISH', ARGV[3], ARGV[4])
return { 'RELEASED', available }
