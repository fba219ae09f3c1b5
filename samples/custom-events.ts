// A step tells what it is doing: whoever listens to the run hears of it, in the place of that step.
import { dispatchCustomEvent, lambda } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { MODEL } from './model.ts';

const model = new ChatAnthropic({ model: MODEL, maxTokens: 1024 });

const research = lambda((topic: string, config) => {
  dispatchCustomEvent('searching', { topic }, config);
  return model.stream$(`What is known of ${topic}?`, config);
});

research.events$('goldfish on the moon').subscribe((event) => {
  if (event.event === 'on_custom_event') console.log(event.name, event.data);
});
