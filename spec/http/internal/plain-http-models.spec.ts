import { ChatAnthropic } from 'rxlm/anthropic';
import { ChatGoogle } from 'rxlm/google';
import { ChatOllama } from 'rxlm/ollama';
import { ChatOpenAI } from 'rxlm/openai';

const options = { model: 'm', apiKey: 'k' };
const models = {
  ChatAnthropic: (baseURL: string) => new ChatAnthropic({ ...options, baseURL }),
  ChatGoogle: (baseURL: string) => new ChatGoogle({ ...options, baseURL }),
  ChatOllama: (baseURL: string) => new ChatOllama({ ...options, baseURL }),
  ChatOpenAI: (baseURL: string) => new ChatOpenAI({ ...options, baseURL }),
};

describe('a model at plain http', () => {
  it.each(Object.entries(models))('%s warns of a public host', (name, make) => {
    const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();
    make('http://models.acme.com/v1');
    expect(emitWarning).toHaveBeenCalledTimes(1);
    const [warning] = emitWarning.mock.calls[0] as unknown as [Error & { code: string }];
    expect(warning.code).toBe('RXLM_PLAIN_HTTP');
    expect(warning.message).toContain(name);
    emitWarning.mockRestore();
  });

  it.each(Object.entries(models))('%s does not warn of this machine or of https', (_, make) => {
    const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation();
    make('http://127.0.0.1:8080/v1');
    make('https://models.acme.com/v1');
    expect(emitWarning).not.toHaveBeenCalled();
    emitWarning.mockRestore();
  });
});
