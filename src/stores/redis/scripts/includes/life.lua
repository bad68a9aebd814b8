-- Which life of this Redis server is it? A server that was restarted, emptied by a restart or promoted after a failover has
-- another run id, so stock that was built on an earlier life is never sold from by mistake. Asked of the server itself: no
-- connection can be late to notice. Costs about 6 µs a call.
local function runId()
  return string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
end
