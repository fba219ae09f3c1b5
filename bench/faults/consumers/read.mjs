/** Reads to the end; after a first answer if it is to be `warm`; with `search` it looks at all that it is given. */
export async function read({ open, seen, warm = false, whole = true, search = false }) {
  const take = (text, value) => {
    seen.take(text);
    if (search) seen.search(value);
  };
  if (warm) await open('good').read({ take: () => {} });
  seen.begin();
  seen.message = await open().read({ whole, take });
  if (search) seen.search(seen.message);
  return 'complete';
}
