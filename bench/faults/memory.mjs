import { clearInterval, setInterval } from 'node:timers';
import { wait } from './wait.mjs';

/** The heap in use once all that can be has been collected, in bytes. */
export async function collected() {
  for (let i = 0; i < 3; i += 1) {
    global.gc();
    await wait(100);
  }
  return process.memoryUsage().heapUsed;
}

/** Watches the resident set; `growth()` is the most it was beyond that at the beginning, in bytes. And the CPU time since. */
export function watchMemory() {
  const before = process.memoryUsage.rss();
  const peakBefore = process.resourceUsage().maxRSS * 1024;
  let most = before;
  const look = () => (most = Math.max(most, process.memoryUsage.rss()));
  const cpu = process.cpuUsage();
  const timer = setInterval(look, 10);
  return {
    cpuMs: () => {
      const { user, system } = process.cpuUsage(cpu);
      return (user + system) / 1000;
    },
    growth: () => {
      clearInterval(timer);
      look();
      // What peaked while this thread was busy.
      const peak = process.resourceUsage().maxRSS * 1024;
      return (peak > peakBefore ? Math.max(peak, most) : most) - before;
    },
  };
}
