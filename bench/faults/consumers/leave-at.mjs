/** Leaves inside its `value`-th text: by the loop's `break`, or (`abort`) from outside, unsubscribing or aborting. */
export async function leaveAt({ open, seen, value, how = 'break' }) {
  await open('good').read({ take: () => {} });
  const leaving = new AbortController();
  const take = (text) => {
    seen.take(text);
    if (text === '' || seen.texts !== value) return false;
    seen.leave();
    if (how === 'break') return true;
    leaving.abort();
    return false;
  };
  await open()
    .read({ leave: how === 'abort' ? leaving.signal : undefined, whole: false, take })
    .catch((error) => {
      if (how === 'break') throw error;
    });
  return 'left';
}
