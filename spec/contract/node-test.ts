import { describe, it } from 'node:test';
import { describeChatModel } from 'rxlm/testing';
import { acmeWire, ChatAcme } from '../support/acme-wire';

describeChatModel(
  'the provider of the sample',
  { wire: acmeWire, connect: (baseURL, options) => new ChatAcme({ baseURL, ...options }) },
  { describe, it },
);
