--[[
  Adds to the counts of an event's answers: all of them or none, so that who gets an error may send them again.

  KEYS[1] outcomes   KEYS[2] recent
  ARGV[1] length of a slot, ms   ARGV[2] slots that are kept   then name and added count of every outcome, always all of them and
  in the same order

  A slot is a field of `recent` under its number modulo the slots that are kept; its value is `number:count,count,…`.
  Returns 1.
]]
-- @include bucket

local nowMs = math.floor(clockUs() / 1000)
local slotMs, slots = tonumber(ARGV[1]), tonumber(ARGV[2])
local slot = math.floor(nowMs / slotMs)
local field = slot % slots

local before = {}
local number, counts = string.match(redis.call('HGET', KEYS[2], field) or '', '^(%d+):(.*)$')
if tonumber(number) == slot then
  for count in string.gmatch(counts, '%d+') do before[#before + 1] = tonumber(count) end
end

local after = {}
local accepted = 0
for argument = 3, #ARGV, 2 do
  local name, added = ARGV[argument], tonumber(ARGV[argument + 1])
  after[#after + 1] = (before[#after + 1] or 0) + added
  if added > 0 then redis.call('HINCRBY', KEYS[1], name, added) end
  if name == 'accepted' or name == 'pending' then accepted = accepted + added end
end
redis.call('HSET', KEYS[2], field, slot .. ':' .. table.concat(after, ','))
redis.call('PEXPIRE', KEYS[2], slotMs * slots)
if accepted > 0 then
  redis.call('HSETNX', KEYS[1], 'firstAcceptedAtMs', nowMs)
  redis.call('HSET', KEYS[1], 'lastAcceptedAtMs', nowMs)
end
return 1
