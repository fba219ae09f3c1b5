import { each } from './case.mjs';

/** Keys, and where they could go. */
export const SECURITY = [
  {
    id: 'T130',
    title: 'an error that repeats the key: it does not show',
    variants: each('echo-key', 'where', ['body', 'header', 'stream'], { outcome: 'error' }),
  },
  {
    id: 'T131',
    title: 'a base URL that is a file, has credentials, has no scheme: refused at construction',
    variants: ['file:///etc/passwd', 'https://user:pw@example.test', '//example.test'].map(
      (url) => ({
        name: url,
        url: () => url,
        consumer: 'make',
        settings: { maxRetries: 0 },
        right: { outcome: 'refused' },
      }),
    ),
  },
];
