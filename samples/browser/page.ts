// The page's side: the same model, over `fetch`. The answer is text, and set as text.
import { fromEvent, map, switchMap, tap } from 'rxjs';
import { toChatState } from 'rxlm';
import { RemoteChatModel } from 'rxlm/sse';

const model = new RemoteChatModel('/chat');
const find = (selector: string) => document.querySelector(selector) as HTMLElement;
const form = find('form') as HTMLFormElement;

fromEvent(form, 'submit')
  .pipe(
    tap((event) => {
      event.preventDefault();
    }),
    map(() => new FormData(form).get('prompt') as string),
    switchMap((prompt) =>
      model.stream$(prompt).pipe(toChatState({ stop: fromEvent(find('#stop'), 'click') })),
    ),
  )
  .subscribe(({ status, text }) => {
    find('#status').textContent = status;
    find('#answer').textContent = text;
  });
