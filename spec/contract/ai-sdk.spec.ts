import { fromAiSdk } from 'rxlm/ai-sdk';
import { describeChatModel } from 'rxlm/testing';
import { partsOf, sdkModel } from '../support/sdk-parts';

for (const version of ['v2', 'v3', 'v4'] as const)
  describeChatModel(
    `a model of the AI SDK, specification ${version}`,
    {
      model: (answer, ending = 'complete') => {
        const parts = partsOf(answer, version);
        const begun = parts.slice(0, -1);
        const failed = { type: 'error', error: { type: 'overloaded_error', message: 'failed' } };
        const said = { complete: parts, open: begun, error: [...begun, failed] }[ending];
        return fromAiSdk(sdkModel([said], { version, open: ending === 'open' }), { maxRetries: 0 });
      },
    },
    { describe, it },
  );
