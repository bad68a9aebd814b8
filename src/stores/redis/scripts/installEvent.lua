--[[
  Puts a whole event into Redis as one new life of its stock: fields, buyers and pending reservations.

  KEYS[1] event   KEYS[2] buyers   KEYS[3] pending   KEYS[4] parked
  ARGV[1] fence   ARGV[2] channel of changes   ARGV[3] event id
  ARGV[4] number of fields, then field and value of each
  then the number of buyers, then user id and record of each
  then the number of pending reservations, then order id and reservation of each

  Returns INSTALLED | NEWER (this Redis holds a life of the same or a later fence: nothing was done).
]]
-- @include life

local current = redis.call('HMGET', KEYS[1], 'runId', 'fence')
local id = runId()
if current[1] == id and tonumber(current[2]) >= tonumber(ARGV[1]) then return 'NEWER' end

redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4])
local argument = 4
for key = 1, 3 do
  local pairsCount = tonumber(ARGV[argument])
  argument = argument + 1
  for _ = 1, pairsCount do
    redis.call('HSET', KEYS[key], ARGV[argument], ARGV[argument + 1])
    argument = argument + 2
  end
end
redis.call('HSET', KEYS[1], 'runId', id, 'fence', ARGV[1])
redis.call('PUBLISH', ARGV[2], ARGV[3])
return 'INSTALLED'
