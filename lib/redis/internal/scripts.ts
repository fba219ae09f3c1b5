import { createHash } from 'node:crypto';

/** @internal A script and its name for EVALSHA. */
export interface Script {
  readonly source: string;
  readonly sha: string;
}

/**
 * What all scripts begin with. KEYS: the run (a hash) and its log (a stream whose ids are `seq-0`). The hash counts the entries
 * too: a log that was deleted, trimmed or evicted is found by that, and the run ends as `stream_lost`.
 */
const PRELUDE = `
local key, log = KEYS[1], KEYS[2]
local LOST = '{"state":"stream_lost"}'
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function int(n) return string.format('%.0f', n) end
local function wake() redis.call('PUBLISH', key .. ':wake', '') end
local function finish(ending, by, keep)
  redis.call('HSET', key, 'ending', ending, 'by', by)
  redis.call('PEXPIRE', key, keep)
  redis.call('PEXPIRE', log, keep)
  wake()
end
local function bury(epoch, keep)
  redis.call('DEL', key, log)
  redis.call('HSET', key, 'epoch', epoch, 'token', '', 'last', 0, 'lease', 0, 'watched', 0)
  finish(LOST, '', keep)
end
local function load()
  local h = redis.call('HMGET', key, 'epoch', 'token', 'last', 'lease', 'cancel', 'viewers', 'watched', 'ending', 'by', 'meta', 'snapSeq', 'until')
  if not h[1] then return nil end
  local run = { epoch = h[1], token = h[2], last = tonumber(h[3]), lease = tonumber(h[4]), cancel = h[5] and 1 or 0,
    viewers = h[6] and 1 or 0, watched = tonumber(h[7]), ending = h[8] or '', by = h[9] or '', meta = h[10] or '',
    snapSeq = tonumber(h[11] or 0), expires = h[12] }
  if redis.call('XLEN', log) ~= run.last then
    redis.call('DEL', log)
    redis.call('HDEL', key, 'snapSeq', 'snapshot')
    redis.call('HSET', key, 'last', 0, 'ending', LOST, 'by', '')
    wake()
    run.isDamaged, run.last, run.ending, run.by, run.snapSeq = true, 0, LOST, '', 0
  end
  return run
end
local function info(run)
  local left = run.ending == '' and run.lease - now or 0
  return run.epoch, run.last, left, run.cancel, run.viewers, run.ending, run.meta
end
`;

/** Scripts that write little, or give memory back, must also work where memory is used up. */
function script(body: string, flags = ''): Script {
  const source = `#!lua flags=${flags}${PRELUDE}${body}`;
  return { source, sha: createHash('sha1').update(source).digest('hex') };
}

/** ARGV: token, lease, longest time, counts viewers, meta. Replies whether it is this token's, and the epoch. */
const claim = script(`
local token, lease, longest, viewers, meta = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local run = load()
if run then return { run.token == token and 1 or 0, run.epoch } end
local epoch = int(time[1] * 1000000 + time[2])
redis.call('DEL', log)
redis.call('HSET', key, 'epoch', epoch, 'token', token, 'last', 0, 'lease', int(now + lease), 'watched', int(now), 'until', int(now + longest))
if viewers == '1' then redis.call('HSET', key, 'viewers', 1) end
if meta ~= '' then redis.call('HSET', key, 'meta', meta) end
redis.call('PEXPIREAT', key, int(now + longest))
return { 1, epoch }
`);

const APPEND = `
local token, epoch, after, lease, keep = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5]
local ending, snapSeq, snapshot, first = ARGV[6], tonumber(ARGV[7]), ARGV[8], 9
local count = #ARGV - first + 1
local run = load()
if not run then bury(epoch, keep) return { 'lost' } end
if run.token ~= token then return { 'fenced' } end
if run.isDamaged then return { 'lost' } end
local function appended()
  return { 'ok', run.last, run.cancel, run.viewers == 1 and math.max(0, now - run.watched) or -1 }
end
if run.ending ~= '' then
  if ending ~= '' and run.by == token and after + count == run.last then return appended() end
  return { 'ended' }
end
if after > run.last then finish(LOST, '', keep) return { 'lost' } end
local isNew = run.last == 0
for seq = run.last + 1, after + count do
  redis.call('XADD', log, int(seq) .. '-0', 'd', ARGV[first + seq - after - 1])
  run.last = seq
end
if isNew and run.last > 0 then redis.call('PEXPIREAT', log, run.expires) end
redis.call('HSET', key, 'last', int(run.last), 'lease', int(now + lease))
if snapSeq > run.snapSeq then redis.call('HSET', key, 'snapSeq', int(snapSeq), 'snapshot', snapshot) end
if ending ~= '' then finish(ending, token, keep) elseif count > 0 then wake() end
return appended()
`;
/** ARGV: token, epoch, after, lease, keep, ending, number and text of the snapshot, entries. */
const append = script(APPEND);
const heartbeat = script(APPEND, 'allow-oom');

/** ARGV: after, limit, bytes, whether a snapshot is welcome. An entry has its size as bytes, which are no fewer than its characters. */
const read = script(
  `
local after, limit, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local run = load()
if not run then return false end
local snapSeq, snapshot = 0, ''
if ARGV[4] == '1' and run.snapSeq > after then
  snapSeq, after = run.snapSeq, run.snapSeq
  snapshot = redis.call('HGET', key, 'snapshot') or ''
end
local entries, bytes, isFull = {}, 0, false
local from = after
while not isFull and #entries < limit and from < run.last do
  local part = redis.call('XRANGE', log, '(' .. int(from) .. '-0', '+', 'COUNT', math.min(32, limit - #entries))
  if #part == 0 then break end
  for _, entry in ipairs(part) do
    local data = entry[2][2]
    bytes = bytes + #data
    if #entries > 0 and bytes > most then isFull = true break end
    entries[#entries + 1] = data
    from = from + 1
  end
end
local epoch, last, left, cancel, viewers, ending, meta = info(run)
return { epoch, last, left, cancel, viewers, ending, meta, snapSeq, snapshot, after, entries }
`,
  'allow-oom',
);

const requestCancel = script(
  `
local run = load()
if not run or run.ending ~= '' then return 0 end
redis.call('HSET', key, 'cancel', 1)
redis.call('PUBLISH', key .. ':cancel', '')
return 1
`,
  'allow-oom',
);

/** ARGV: state, epoch, seen, keep. */
const declareLost = script(
  `
local state, epoch, seen, keep = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local run = load()
if not run then
  if state ~= 'stream_lost' or seen == 0 then return 0 end
  bury(epoch, keep)
  return 1
end
if run.isDamaged then return state == 'stream_lost' and run.epoch == epoch and 1 or 0 end
if run.ending ~= '' or run.epoch ~= epoch then return 0 end
local isLost = state == 'producer_lost' and run.lease <= now or state == 'stream_lost' and run.last < seen
if not isLost then return 0 end
finish('{"state":"' .. state .. '"}', '', keep)
return 1
`,
  'allow-oom',
);

/** ARGV: milliseconds. */
const keepWatched = script(
  `
local run = load()
if run then redis.call('HSET', key, 'watched', int(math.max(run.watched, now + ARGV[1]))) end
return 1
`,
  'allow-oom',
);

const remove = script(
  `
local removed = redis.call('DEL', key)
redis.call('DEL', log)
if removed == 1 then wake() end
return removed
`,
  'allow-oom',
);

/** ARGV: id, milliseconds. KEYS: the latest run of a thread. */
const setLatest = script(`return redis.call('SET', key, ARGV[1], 'PX', ARGV[2], 'GET')`);

const latest = script(`return redis.call('GET', key)`, 'allow-oom');

/** @internal What the store does, each in one step of the engine. */
export const scripts = {
  claim,
  append,
  heartbeat,
  read,
  requestCancel,
  declareLost,
  keepWatched,
  setLatest,
  latest,
  remove,
};
