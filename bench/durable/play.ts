import { interval, map, mergeMap, of, take, throwError } from 'rxjs';
import { CONTENDERS } from './contenders/all.js';

// One end of a stream, in a process of its own. Arguments: contender, produce or consume, Redis' URL, the stream, how many values.
const [name = '', role = '', url = '', id = '', values = ''] = process.argv.slice(2);
const contender = CONTENDERS[name];
if (contender === undefined) throw new Error(`there is no contender ${name}`);
const say = (line: unknown): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};
const FAILS_AT = 40;

if (role === 'consume')
  contender.consume(url, id).subscribe({
    next: (value) => {
      say(value);
    },
    complete: () => {
      say('complete');
    },
    error: (error: unknown) => {
      const { code, message } = error as { readonly code?: string; readonly message: string };
      say(`error: ${code ?? message}`);
    },
  });
else {
  const value$ = interval(20).pipe(
    map((at) => at),
    take(Number(values)),
    mergeMap((at) =>
      role === 'fail' && at === FAILS_AT ? throwError(() => new Error('no more')) : of(at),
    ),
  );
  await contender.produce(url, id, value$);
  say('ready');
}
