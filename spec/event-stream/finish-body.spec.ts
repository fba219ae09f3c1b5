import { VirtualTimeScheduler } from 'rxjs';
import { finishBody } from '../../lib/event-stream/finish-body';
import { PushedBody } from '../../lib/http/transport/pushed-body';

function setUp(isPaused = false) {
  const scheduler = new VirtualTimeScheduler();
  const body = new PushedBody({ resume: () => undefined, cancel: () => undefined });
  const ends: number[] = [];
  const ended = () => {
    body.finish((sink) => {
      sink.end();
    });
  };
  const finish = () => {
    if (isPaused) body.pause();
    finishBody(body, scheduler, () => ends.push(scheduler.now()));
  };
  return { scheduler, body, ends, ended, finish };
}

describe('finishBody', () => {
  it('[24] needs no timer for a body that has ended already', () => {
    const { scheduler, ends, ended, finish } = setUp();
    ended();
    finish();
    expect(scheduler.actions).toHaveLength(0);
    expect(ends).toEqual([]);
  });

  it.each([false, true])('[24] lets a body end by itself (paused before: %s)', async (isPaused) => {
    const { scheduler, body, ends, ended, finish } = setUp(isPaused);
    finish();
    body.push(new Uint8Array(100));
    await Promise.resolve();
    ended();
    await Promise.resolve();
    scheduler.flush();
    expect(ends).toEqual([]);
  });

  it('[24] takes a body that breaks off for ended', async () => {
    const { scheduler, body, ends, finish } = setUp();
    finish();
    body.finish((sink) => {
      sink.lost(new Error('aborted'));
    });
    await Promise.resolve();
    scheduler.flush();
    expect(ends).toEqual([]);
  });

  it('[24] aborts one that stays open for 50 ms', () => {
    const { scheduler, ends, finish } = setUp();
    finish();
    scheduler.flush();
    expect(ends).toEqual([50]);
  });

  it('[24] aborts one that goes on for more than 16 KiB, once', async () => {
    const { scheduler, body, ends, finish } = setUp();
    finish();
    body.push(new Uint8Array(16 * 1024));
    await Promise.resolve();
    expect(ends).toEqual([]);
    body.push(new Uint8Array(1));
    await Promise.resolve();
    body.push(new Uint8Array(1));
    await Promise.resolve();
    scheduler.flush();
    expect(ends).toEqual([0]);
  });
});
