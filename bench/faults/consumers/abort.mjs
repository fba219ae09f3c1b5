import { wait } from '../wait.mjs';

/** Aborts the signal that the call was given: `when` is before, after, or so many milliseconds later. */
export async function abort({ open, seen, when }) {
  await open('good').read({ take: () => {} });
  const controller = new AbortController();
  const stop = () => {
    seen.leave();
    controller.abort();
  };
  if (when === 'before') stop();
  const reading = open().read({ signal: controller.signal, whole: true, take: seen.take });
  if (typeof when === 'number') void wait(when).then(stop);
  seen.message = await reading;
  if (when === 'after') stop();
  return 'complete';
}
