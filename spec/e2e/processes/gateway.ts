// A gateway in a process of its own: jest cannot load its ES modules. Sends its URL to its parent.
import { serve } from '@hono/node-server';
import gateway from '@llmops/gateway';

serve({ fetch: gateway.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
  process.send!(`http://127.0.0.1:${String(port)}`);
});
process.once('disconnect', () => process.exit());
