import type { Contender } from './contender.js';
import { listAndPublish } from './list-and-publish.js';
import { resumableStream } from './resumable-stream.js';
import { rxlm } from './rxlm.js';

export const CONTENDERS: Readonly<Record<string, Contender>> = {
  rxlm,
  'resumable-stream': resumableStream,
  'list and PUBLISH': listAndPublish,
};
