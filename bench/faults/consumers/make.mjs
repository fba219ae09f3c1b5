/** Makes a client, and asks it only if that was not refused. */
export async function make({ open, seen }) {
  let client;
  try {
    client = open();
  } catch (error) {
    seen.error = error;
    return 'refused';
  }
  await client.read({ take: seen.take });
  return 'complete';
}
