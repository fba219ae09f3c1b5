import { type SchedulerLike, Subscription, VirtualTimeScheduler } from 'rxjs';
import { Watchdog } from '../../lib/event-stream/watchdog';

describe('Watchdog', () => {
  const setUp = (ms: number) => {
    const scheduler = new VirtualTimeScheduler();
    const barks: number[] = [];
    const dog = new Watchdog(ms, scheduler, () => barks.push(scheduler.now()));
    const at = (time: number, act: () => void) => scheduler.schedule(act, time);
    return { scheduler, barks, dog, at };
  };

  it('[20] [25] calls when nothing has happened for so long', () => {
    const { scheduler, barks, dog } = setUp(100);
    dog.run();
    scheduler.flush();
    expect(barks).toEqual([100]);
  });

  it('counts from the last touch', () => {
    const { scheduler, barks, dog, at } = setUp(100);
    dog.run();
    for (const time of [30, 60, 140])
      at(time, () => {
        dog.touch();
      });
    scheduler.flush();
    expect(barks).toEqual([240]);
  });

  it('[25] does not count the time in which it is stopped', () => {
    const { scheduler, barks, dog, at } = setUp(100);
    dog.run();
    at(50, () => {
      dog.stop();
    });
    at(500, () => {
      dog.run();
    });
    scheduler.flush();
    expect(barks).toEqual([600]);
  });

  it('sets few timers, however often it is touched', () => {
    const { scheduler, dog, at } = setUp(100);
    for (let time = 1; time < 1000; time += 1)
      at(time, () => {
        dog.touch();
      });
    const schedule = jest.spyOn(scheduler, 'schedule');
    dog.run();
    scheduler.flush();
    expect(schedule.mock.calls.length).toBeLessThan(15);
  });

  it('never calls where it is to wait for ever, or is stopped', () => {
    for (const ms of [Infinity, 2 ** 31]) {
      const { scheduler, barks, dog } = setUp(ms);
      dog.run();
      expect([scheduler.actions, barks]).toEqual([[], []]);
    }
    const other = setUp(100);
    other.dog.run();
    other.dog.stop();
    other.scheduler.flush();
    expect(other.barks).toEqual([]);
  });

  it('[25] that was kept from ringing in time lets what has come be read first', () => {
    let now = 0;
    let timer: (() => void) | undefined;
    const scheduler = {
      now: () => now,
      schedule: (work: () => void) => {
        timer = work;
        return new Subscription();
      },
    } as unknown as SchedulerLike;
    const barks: number[] = [];
    const dog = new Watchdog(100, scheduler, () => barks.push(now));
    const fireAt = (time: number) => {
      now = time;
      timer?.();
    };
    dog.run();
    fireAt(900);
    now = 910;
    dog.touch();
    fireAt(920);
    fireAt(1010);
    expect(barks).toEqual([1010]);
    dog.run();
    fireAt(1900);
    fireAt(2900);
    expect(barks).toEqual([1010, 2900]);
  });

  it('[25] rings all the same where the system’s clock has been set back', () => {
    let now = 3_600_000;
    const waits: number[] = [];
    let timer: (() => void) | undefined;
    const scheduler = {
      now: () => now,
      schedule: (work: () => void, ms: number) => {
        waits.push(ms);
        timer = work;
        return new Subscription();
      },
    } as unknown as SchedulerLike;
    const barks: number[] = [];
    const dog = new Watchdog(100, scheduler, () => barks.push(now));
    dog.run();
    now = 50;
    timer?.();
    now = 150;
    timer?.();
    expect(waits).toEqual([100, 100]);
    expect(barks).toEqual([150]);
  });
});
