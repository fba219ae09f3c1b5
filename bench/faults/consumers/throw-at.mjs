export const THROWN = 'thrown by the consumer';

/** Throws at its first text, once. */
export async function throwAt({ open, seen }) {
  let thrown = false;
  const take = (text) => {
    seen.take(text);
    if (text === '' || thrown) return;
    thrown = true;
    throw new Error(THROWN);
  };
  await open().read({ whole: false, take });
  return 'complete';
}
