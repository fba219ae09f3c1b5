/**
 * Why a message ended, in words that are no provider's: those of OpenTelemetry's GenAI conventions, and `pause` for a
 * turn that the provider interrupted and goes on with when it is called again.
 *
 * `stop`: the model finished. `length`: a limit cut it off. `tool_call`: it waits for the results of its calls.
 * `content_filter`: it was refused. `error`: the provider could not finish it. The provider's own word stays in
 * `response_metadata`.
 */
export type FinishReason = 'stop' | 'length' | 'tool_call' | 'content_filter' | 'error' | 'pause';
