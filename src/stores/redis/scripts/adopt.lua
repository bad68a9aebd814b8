--[[
  Makes room for an order whose message is older than the current fence: its reservation was made in an earlier life of the
  stock. If this life already holds it nothing changes, otherwise it takes the units as a purchase would.

  KEYS[1] event   KEYS[2] buyers   KEYS[3] pending
  ARGV: user id, order id, quantity, ticket id, purchase limit of the reservation, the reservation as pending keeps it

  Returns HELD | ADOPTED | SOLD_OUT | LIMIT_REACHED | NO_EVENT | STALE.
]]
-- @include life
-- @include buyer

local fields = redis.call('HMGET', KEYS[1], 'runId', 'available')
if not fields[1] then return 'NO_EVENT' end
if fields[1] ~= runId() then return 'STALE' end

local units, orders = parseBuyer(redis.call('HGET', KEYS[2], ARGV[1]))
local _, held = removeOrder(orders, ARGV[2])
if held then return 'HELD' end
local quantity, available = tonumber(ARGV[3]), tonumber(fields[2])
if units + quantity > tonumber(ARGV[5]) then return 'LIMIT_REACHED' end
if available < quantity then return 'SOLD_OUT' end

redis.call('HSET', KEYS[2], ARGV[1], formatBuyer(units + quantity, addOrder(orders, ARGV[4], ARGV[2], quantity)))
redis.call('HSET', KEYS[3], ARGV[2], ARGV[6])
redis.call('HSET', KEYS[1], 'available', available - quantity)
return 'ADOPTED'
