import { recordingOf } from '../make-recording.js';
import type { WireEvent } from '../wire-event.js';

function verse(
  id: string,
  model: string,
  outputTokens: number,
  printed: string,
): readonly WireEvent[] {
  return recordingOf({
    id,
    model,
    tokens: printed.split('|'),
    usage: {
      start: { input_tokens: 21, output_tokens: 2 },
      end: { output_tokens: outputTokens },
    },
  });
}

/** The verse about goldfish on the moon that LangChain's how-to prints for its synchronous stream: 54 tokens. */
export const goldfishSync = verse(
  'msg_verse_sync',
  'claude-3-haiku-20240307',
  73,
  `Here| is| a| |1| |verse| song| about| gol|dfish| on| the| moon|:|

Floating| up| in| the| star|ry| night|,|
Fins| a|-|gl|im|mer| in| the| pale| moon|light|.|
Gol|dfish| swimming|,| peaceful| an|d free|,|
Se|ren|ely| |drif|ting| across| the| lunar| sea|.`,
);

/** The same request answered again: the verse the how-to prints for its asynchronous stream, 61 tokens. */
export const goldfishAsync = verse(
  'msg_verse_async',
  'claude-3-haiku-20240307',
  73,
  `Here| is| a| |1| |verse| song| about| gol|dfish| on| the| moon|:|

Floating| up| above| the| Earth|,|
Gol|dfish| swim| in| alien| m|irth|.|
In| their| bowl| of| lunar| dust|,|
Gl|it|tering| scales| reflect| the| trust|
Of| swimming| free| in| this| new| worl|d,|
Where| their| aqu|atic| dream|'s| unf|ur|le|d.`,
);

/** The verse of the how-to's JavaScript edition, in 51 pieces longer than a token, from another model. */
export const goldfishJs = verse(
  'msg_verse_js',
  'claude-3-5-sonnet-20240620',
  98,
  `Here's| a one|-|verse song about goldfish on| the moon:

Verse|:
Swimming| through the stars|,| in| a cosmic| lag|oon|
Little| golden| scales|,| reflecting the moon|
No| gravity to| hold them,| they| float with| glee
Goldfish| astron|auts, on a lunar| sp|ree|
Bub|bles rise| like| com|ets, in the| star|ry night|
Their fins like| tiny| rockets, a| w|ondrous sight
Who| knew| these| small| creatures|,| could con|quer space?|
Goldfish on the moon,| with| such| fis|hy grace`,
);
