-- Token bucket as a generic cell rate: the key holds the time (µs) at which the bucket will be full again, and expires then.
-- Returns 0 when a token was taken, otherwise the µs to wait for the next one. `nowUs` is Redis' own clock.
local function takeToken(key, ratePerSecond, burst, nowUs)
  local intervalUs = math.ceil(1000000 / ratePerSecond)
  local fullAtUs = tonumber(redis.call('GET', key) or '0')
  if fullAtUs < nowUs then fullAtUs = nowUs end
  -- An empty bucket is full after `burst` intervals: one that was emptied at a slower rate owes no more once the limit is raised.
  local fullAtMostUs = nowUs + burst * intervalUs
  if fullAtUs > fullAtMostUs then
    fullAtUs = fullAtMostUs
    -- Kept also when nothing is taken: a bucket that is cut anew each time it is asked would never fill.
    redis.call('SET', key, string.format('%.0f', fullAtUs), 'PX', math.ceil((fullAtUs - nowUs) / 1000))
  end
  local waitUs = fullAtUs - nowUs - (burst - 1) * intervalUs
  if waitUs > 0 then return waitUs end
  fullAtUs = fullAtUs + intervalUs
  redis.call('SET', key, string.format('%.0f', fullAtUs), 'PX', math.ceil((fullAtUs - nowUs) / 1000))
  return 0
end

local function clockUs()
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end
