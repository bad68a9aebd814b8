--[[
  Reserves units for a batch of buyers of one event: all or nothing per buyer, in the order given.

  KEYS[1] event   KEYS[2] buyers   KEYS[3] pending   KEYS[4…] the bucket of each buyer
  ARGV[1] fence that the caller knows
  ARGV[2] most reservations that may stand in pending
  ARGV[3] tokens per second, ARGV[4] burst: for an event without values of its own
  then for each buyer: user id, order id, quantity, ticket id, rule version of the ticket

  Returns { verdict, nowMs, available, stockVersion, fence, priceCents, purchaseLimit, startsAtMs, queueFactor, maxInFlight,
  code, detail, code, detail, … }; queueFactor and maxInFlight are '' for an event without values of its own.

  verdict: OK | NO_EVENT (the key is missing) | STALE (built on an earlier life of Redis) | FENCED (the caller's fence is not
  the current one) | CLOSED | ENDED | PAUSED | NOT_STARTED. Unless it is OK nothing was done and no buyer follows.
  code: OK (detail: sequence) | SOLD_OUT ('') | ALREADY_ORDERED (order id) | LIMIT_REACHED (an order id) | TOO_MANY (ms to
  wait) | OVERLOADED ('') | TICKET_STALE ('': the rule has changed).
]]
-- @include life
-- @include bucket
-- @include buyer

local fields = redis.call('HMGET', KEYS[1], 'runId', 'fence', 'closed', 'paused', 'startsAtMs', 'endsAtMs', 'available',
  'purchaseLimit', 'priceCents', 'ruleVersion', 'sequence', 'stockVersion', 'userRatePerSecond', 'userBurst', 'queueFactor', 'maxInFlight')
local nowUs = clockUs()
local nowMs = math.floor(nowUs / 1000)
local function verdict(code)
  return { code, nowMs, tonumber(fields[7] or 0), tonumber(fields[12] or 0), fields[2] or '0', tonumber(fields[9] or 0),
    tonumber(fields[8] or 0), tonumber(fields[5] or 0), fields[15] or '', fields[16] or '' }
end

if not fields[1] then return verdict('NO_EVENT') end
if fields[1] ~= runId() then return verdict('STALE') end
if fields[2] ~= ARGV[1] then return verdict('FENCED') end
if fields[3] == '1' then return verdict('CLOSED') end
if nowMs >= tonumber(fields[6]) then return verdict('ENDED') end
if fields[4] == '1' then return verdict('PAUSED') end
if nowMs < tonumber(fields[5]) then return verdict('NOT_STARTED') end

local available = tonumber(fields[7])
local purchaseLimit = tonumber(fields[8])
local sequence = tonumber(fields[11])
local ratePerSecond = tonumber(fields[13] or ARGV[3])
local burst = tonumber(fields[14] or ARGV[4])
local room = tonumber(ARGV[2]) - redis.call('HLEN', KEYS[3])
local tail = ',' .. fields[9] .. ',' .. fields[8] .. ','
local answers, count = {}, 0
local reserved = 0

for argument = 5, #ARGV, 5 do
  local userId, orderId, ticketId = ARGV[argument], ARGV[argument + 1], ARGV[argument + 3]
  local quantity = tonumber(ARGV[argument + 2])
  local code, detail = 'OK', ''
  local waitUs = takeToken(KEYS[4 + (argument - 5) / 5], ratePerSecond, burst, nowUs)
  if waitUs > 0 then
    code, detail = 'TOO_MANY', math.ceil(waitUs / 1000)
  elseif ARGV[argument + 4] ~= fields[10] then
    code = 'TICKET_STALE'
  else
    local units, orders = parseBuyer(redis.call('HGET', KEYS[2], userId))
    local spentOn = units > 0 and orderOfTicket(orders, ticketId)
    if spentOn then
      code, detail = 'ALREADY_ORDERED', spentOn
    elseif units + quantity > purchaseLimit then
      code = (purchaseLimit == 1 and units > 0) and 'ALREADY_ORDERED' or 'LIMIT_REACHED'
      detail = anyOrder(orders) or ''
    elseif available < quantity then
      code = 'SOLD_OUT'
    elseif room <= 0 then
      code = 'OVERLOADED'
    else
      sequence = sequence + 1
      available = available - quantity
      room = room - 1
      reserved = reserved + 1
      redis.call('HSET', KEYS[2], userId, formatBuyer(units + quantity, addOrder(orders, ticketId, orderId, quantity)))
      redis.call('HSET', KEYS[3], orderId, userId .. ',' .. quantity .. ',' .. string.format('%.0f', nowMs) .. ',' ..
        string.format('%.0f', sequence) .. tail .. ticketId)
      detail = sequence
    end
  end
  answers[count + 1], answers[count + 2] = code, detail
  count = count + 2
end

if reserved > 0 then
  redis.call('HSET', KEYS[1], 'available', available, 'sequence', string.format('%.0f', sequence))
end
local reply = verdict('OK')
reply[3] = available
for index = 1, count do reply[10 + index] = answers[index] end
return reply
