import type { ErrorTable } from '../../http/provider-errors.js';

/** @internal Errors of Ollama, which has no names for them. */
export const OLLAMA_ERRORS: ErrorTable = {
  context_overflow: {
    code: 'context_overflow',
    status: 400,
    advice: 'Send less: trim the messages, or raise num_ctx.',
    text: /exceeds? the (available )?context (length|size)/i,
  },
};
