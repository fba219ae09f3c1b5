import { abort } from './abort.mjs';
import { burst } from './burst.mjs';
import { fanOut } from './fan-out.mjs';
import { fastPath } from './fast-path.mjs';
import { firstChunk } from './first-chunk.mjs';
import { importTime } from './import-time.mjs';
import { memory } from './memory.mjs';
import { size } from './size.mjs';
import { slowStreams } from './slow-streams.mjs';
import { text } from './text.mjs';
import { thinking } from './thinking.mjs';
import { tools } from './tools.mjs';

/** By the names that `--only` takes, in their order. Each yields its tables. */
export const WORKLOADS = {
  burst,
  text,
  tools,
  thinking,
  slow: slowStreams,
  'fan-out': fanOut,
  first: firstChunk,
  abort,
  memory,
  import: importTime,
  size,
  'fast-path': fastPath,
};
