/** Reads so many answers at once, and keeps nothing of them. */
export async function manyAtOnce({ open, seen, atOnce }) {
  await open('good').read({ take: () => {} });
  seen.watchMemory();
  const client = open();
  await Promise.all(
    Array.from({ length: atOnce }, () => client.read({ whole: false, take: seen.count })),
  );
  return 'complete';
}
