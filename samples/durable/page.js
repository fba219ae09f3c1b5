/* global document, location, EventSource, FormData, crypto */
// The run is in the address, so that a reload joins it. EventSource comes back by itself after a cut, behind the last value.
const [form, stop, status, answer] = ['form', '#stop', '#status', '#answer'].map((each) =>
  document.querySelector(each),
);
let source;

function join(id) {
  source?.close();
  answer.textContent = '';
  status.textContent = 'streaming';
  source = new EventSource(`/runs/${id}`);
  const end = (text) => {
    source.close();
    status.textContent = text;
  };
  source.onmessage = ({ data }) => (answer.textContent += JSON.parse(data));
  source.addEventListener('end', () => end('done'));
  // Of the server it has data; without, the connection was cut.
  source.addEventListener('error', ({ data }) => {
    if (data !== undefined) end(JSON.parse(data).error?.message ?? 'failed');
    else status.textContent = source.readyState === EventSource.CLOSED ? 'gone' : 'connecting';
  });
  source.onopen = () => (status.textContent = 'streaming');
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const response = await fetch('/runs', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ input: new FormData(form).get('prompt') }),
  });
  const { id } = await response.json();
  location.hash = id;
  join(id);
});
stop.addEventListener('click', () =>
  fetch(`/runs/${location.hash.slice(1)}`, { method: 'DELETE' }),
);
if (location.hash !== '') join(location.hash.slice(1));
