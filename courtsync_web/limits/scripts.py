"""What Redis does in one step, each script after one that tells ``now`` in microseconds.

Redis' own clock counts, so machines need not agree on time.

The arithmetic is that of ``buckets.py`` and ``failures.py``; contract tests hold them together.
Microseconds since 1970 stay below 2^53 until the year 2255: Lua's numbers are exact enough.
"""

REDIS_CLOCK = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
"""

TAKE = """
-- KEYS: buckets. ARGV: interval and limit of each. Answers {granted, debt of each}.
local granted, debts = 1, {}
for i, key in ipairs(KEYS) do
  local interval, limit = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local debt = math.max(0, tonumber(redis.call('GET', key) or 0) - now)
  if debt + interval > interval * limit then granted = 0 end
  debts[i] = debt
end
if granted == 1 then
  for i, key in ipairs(KEYS) do
    debts[i] = debts[i] + tonumber(ARGV[2 * i - 1])
    local full_at = string.format('%.0f', now + debts[i])
    redis.call('SET', key, full_at, 'PX', math.ceil(debts[i] / 1000))
  end
end
return {granted, unpack(debts)}
"""

FAILED = """
local function failed(key, forgets)
  local kept = redis.call('HMGET', key, 'count', 'at', 'until')
  local since = now - tonumber(kept[2] or now)
  return math.max(0, tonumber(kept[1] or 0) - since / (forgets * 1000000)), tonumber(kept[3] or 0)
end
local function keep(key, forgets, count, delay)
  redis.call('HSET', key, 'count', string.format('%.6f', count),
    'at', string.format('%.0f', now), 'until', string.format('%.0f', now + delay))
  redis.call('PEXPIRE', key, math.ceil(math.max(delay, count * forgets * 1000000) / 1000))
end
"""

ATTEMPT = (
    FAILED
    + """
-- ARGV for each key: free, first, longest, forgets, most. Answers the wait.
local wait, counts = 0, {}
for i, key in ipairs(KEYS) do
  local count, until_ = failed(key, tonumber(ARGV[5 * i - 1]))
  wait = math.max(wait, until_ - now)
  counts[i] = count
end
if wait > 0 then return math.ceil(wait) end
for i, key in ipairs(KEYS) do
  local free, first = tonumber(ARGV[5 * i - 4]), tonumber(ARGV[5 * i - 3])
  local longest, forgets = tonumber(ARGV[5 * i - 2]), tonumber(ARGV[5 * i - 1])
  local count = math.min(tonumber(ARGV[5 * i]), counts[i] + 1)
  local delay = 0
  if count > free then
    delay = math.floor(math.min(longest, first * 2 ^ (count - free - 1)) * 1000000)
  end
  keep(key, forgets, count, delay)
end
return 0
"""
)

SUCCEEDED = (
    FAILED
    + """
-- ARGV for each key: 1 if the whole key is forgiven, forgets.
for i, key in ipairs(KEYS) do
  local forgets = tonumber(ARGV[2 * i])
  local count = failed(key, forgets) - 1
  redis.call('DEL', key)
  if count > 0 and ARGV[2 * i - 1] == '0' then keep(key, forgets, count, 0) end
end
return 0
"""
)
