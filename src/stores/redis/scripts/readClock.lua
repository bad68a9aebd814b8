--[[
  KEYS[1] any key: in a Redis Cluster it says which node's clock is asked for
  Returns the server's clock, ms since 1970 UTC.
]]
-- @include bucket

return math.floor(clockUs() / 1000)
