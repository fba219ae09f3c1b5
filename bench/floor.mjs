// The least that reading a stream can cost: a reader loop, one TextDecoder, a search for the blank line, JSON.parse.

/** Reads a response body to its end, and hands on its events. `true` from `take` leaves it. */
export async function readFloor(response, take) {
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += decoder.decode(value, { stream: true });
    let start = 0;
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n', start)) {
      const event = JSON.parse(rest.slice(rest.indexOf('data: ', start) + 6, end));
      if (take(event) === true) return reader.cancel();
      start = end + 2;
    }
    rest = rest.slice(start);
  }
}
