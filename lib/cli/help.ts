import { LIVE_MODEL } from './live-model.js';

/** What `rxlm --help` prints. */
export const HELP = `rxlm: RxJS for language models, on the command line

Usage
  rxlm stream "prompt"         print the answer as it comes
  rxlm events "prompt"         print the events of the run, one JSON a line
  rxlm replay file.ndjson      play a recorded stream, one wire event a line
  rxlm page                    a page on this machine that draws runs as marbles, of scenarios and of your own
  rxlm runs list               print the durable runs in Redis, one a line
  rxlm runs join ID            print the values of a run: what was, then what comes
  rxlm runs cancel ID          cancel a run

Without --live or --base-url the answer is a recorded one, played by a server on this machine:
nothing leaves it, and no provider's SDK is needed.

Options
  --live                       ask the real API; for Anthropic's that needs @anthropic-ai/sdk and ANTHROPIC_API_KEY, for
                               OpenAI's OPENAI_API_KEY, for Google's GOOGLE_API_KEY, for Ollama's a server on this machine or
                               OLLAMA_HOST
  --base-url URL               ask the server at this address instead
  --model NAME                 the model (${LIVE_MODEL} by default, of Anthropic's)
  --provider NAME              whose API it is: anthropic (by default), openai (and all servers of its dialect), google
                               or ollama
  --delimiter TEXT             printed after each piece of text (stream, replay)
  --json                       print each chunk or run as JSON (stream, replay, runs)
  --take N                     stop at the Nth event, told as "...Truncated" (events)
  --version v1|v2              the schema of the events (events; v2 by default)
  --include-types LIST         only events of these run types, e.g. chat_model,parser (events)
  --port N                     the port of the page (page; 4317 by default, 0 for a free one)
  --svg FILE                   write the run as a picture of marbles (events)
  --html FILE                  write it as one page with a scrubber (events)
  --speed N                    N times as fast as recorded (replay; as fast as can be by default)
  --redis URL                  redis://host:port of the runs (runs; REDIS_URL by default); needs the package redis or ioredis
  --prefix TEXT                what all keys of the runs begin with (runs; rxlm:run: by default)
  --after PLACE                from behind the value of this id (runs join)
  --help                       this page
  --version                    the version of rxlm

Ctrl-C cancels the run and says how many tokens had come; the exit code is then 130. It does not cancel a durable run.
`;
