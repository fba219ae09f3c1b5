import type { Exchange } from '../http/http-exchange.js';
import { encodeFrame } from '../http/frame.js';
import type { Playback } from './playback.js';
import { eventOf, isTimed, type Recording } from './recording.js';
import { sendFrames } from '../http/send-frames.js';

/** Sends the recording's frames, each when it is due; settles when the last is sent or the client is gone. */
export async function playRecording(
  exchange: Exchange,
  recording: Recording,
  { speed, delayMs, chunking, random }: Playback,
): Promise<void> {
  const start = performance.now();
  let frames: Uint8Array[] = [];
  let due = 0;
  for (const [index, recorded] of recording.entries()) {
    const before = due;
    if (isTimed(recorded)) due = Math.max(due, recorded.at / speed);
    else if (index > 0) due += delayMs;
    if (due > before) {
      if (!(await sendFrames(exchange, frames, chunking))) return;
      frames = [];
      const ahead = start + due - performance.now();
      if (ahead > 0 && !(await exchange.wait(ahead))) return;
    }
    frames.push(encodeFrame(eventOf(recorded), random));
  }
  await sendFrames(exchange, frames, chunking);
}
