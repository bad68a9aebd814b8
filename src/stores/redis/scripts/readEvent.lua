--[[
  Reads an event as the services cache it.

  KEYS[1] event   KEYS[2] pending
  Returns { code, nowMs, units in pending, fields and values… }: OK | NO_EVENT | STALE (fields follow, but are not to be sold from).
  Units in pending are counted only when ARGV[1] is '1': it reads every reservation.
]]
-- @include life
-- @include bucket

local nowMs = math.floor(clockUs() / 1000)
local fields = redis.call('HGETALL', KEYS[1])
if #fields == 0 then return { 'NO_EVENT', nowMs, 0 } end
local units = 0
if ARGV[1] == '1' then
  for _, reservation in ipairs(redis.call('HVALS', KEYS[2])) do
    units = units + tonumber(string.match(reservation, '^%d+,(%d+),'))
  end
end
local reply = { 'OK', nowMs, units }
for index = 1, #fields do
  reply[index + 3] = fields[index]
  if fields[index] == 'runId' and index % 2 == 1 and fields[index + 1] ~= runId() then reply[1] = 'STALE' end
end
return reply
