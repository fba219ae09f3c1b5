import { ChatAnthropic } from 'rxlm/anthropic';
import { ChatGoogle } from 'rxlm/google';
import { ChatOllama } from 'rxlm/ollama';
import { ChatOpenAI } from 'rxlm/openai';
import {
  anthropicWire,
  describeChatModel,
  googleWire,
  ollamaWire,
  openaiChatWire,
  openaiResponsesWire,
  type WireSubject,
} from 'rxlm/testing';
import { acmeWire, ChatAcme } from '../support/acme-wire';

const model = 'a-model';

/** Every model over HTTP: a provider more is a line more. */
const models: readonly (readonly [string, WireSubject['wire'], WireSubject['connect']])[] = [
  [
    'ChatAnthropic',
    anthropicWire,
    (baseURL, options) => new ChatAnthropic({ model, maxTokens: 100, baseURL, ...options }),
  ],
  [
    'ChatOpenAI over Chat Completions',
    openaiChatWire,
    (baseURL, options) => new ChatOpenAI({ model, baseURL, ...options }),
  ],
  [
    'ChatOpenAI over Responses',
    openaiResponsesWire,
    (baseURL, options) => new ChatOpenAI({ model, api: 'responses', baseURL, ...options }),
  ],
  ['ChatGoogle', googleWire, (baseURL, options) => new ChatGoogle({ model, baseURL, ...options })],
  ['ChatOllama', ollamaWire, (baseURL, options) => new ChatOllama({ model, baseURL, ...options })],
  [
    'the provider of the sample',
    acmeWire,
    (baseURL, options) => new ChatAcme({ baseURL, ...options }),
  ],
];

for (const [name, wire, connect] of models)
  describeChatModel(name, { wire, connect }, { describe, it });
