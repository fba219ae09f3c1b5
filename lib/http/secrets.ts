import { attempt } from '../core/internal/try-or-undefined.js';

/** What is shorter stands in any text, and is no secret. */
const MIN_LENGTH = 6;
const REDACTED = '[redacted]';

/** Headers of requests that clients send by themselves, and whose values are no secrets. */
const PLAIN_HEADERS =
  /^(accept|accept-encoding|accept-language|connection|content-(length|type)|host|user-agent)$/i;

/** Headers that carry a credential among other things. */
const CREDENTIALS = /auth|key|token|secret|cookie/i;

/**
 * Secrets that must not show up in errors, events or metadata when a server echoes them, as they are or encoded.
 */
export class Secrets {
  /** Each with the texts that show it, once they have been asked for. */
  readonly #values = new Map<string, readonly string[] | undefined>();
  readonly #shared: Secrets | undefined;

  /** Those of one call, beside the ones that are `shared` by all. */
  constructor(shared?: Secrets) {
    this.#shared = shared;
  }

  add(value: unknown): void {
    if (typeof value !== 'string') return;
    const secret = value.trim();
    if (secret.length >= MIN_LENGTH && !this.#has(secret)) this.#values.set(secret, undefined);
  }

  #has(secret: string): boolean {
    if (this.#values.has(secret)) return true;
    return this.#shared !== undefined && this.#shared.#has(secret);
  }

  /** The values of headers that the caller has passed, whatever their names. */
  addHeaders(headers: Iterable<readonly [string, unknown]>): void {
    for (const [name, value] of headers) {
      if (typeof value !== 'string') continue;
      this.add(value);
      if (!CREDENTIALS.test(name)) continue;
      for (const part of partsOf(value)) this.add(part);
    }
  }

  /** The values of headers as they are sent, except those that clients send by themselves, and those that are `plain`. */
  addSentHeaders(headers: Iterable<readonly [string, unknown]>, plain = /$^/): void {
    this.addHeaders(
      [...headers].filter(([name]) => !PLAIN_HEADERS.test(name) && !plain.test(name)),
    );
  }

  /** The text without them. */
  scrub(text: string): string {
    let scrubbed = this.#shared?.scrub(text) ?? text;
    for (const [value, known] of this.#values) {
      const forms = known ?? formsOf(value);
      if (known === undefined) this.#values.set(value, forms);
      for (const form of forms) {
        if (scrubbed.includes(form)) scrubbed = scrubbed.replaceAll(form, REDACTED);
      }
    }
    return scrubbed;
  }
}

/** What is behind the scheme, in each pair of a cookie, and in the user and password of basic authentication. */
function partsOf(value: string): string[] {
  const [, scheme = '', rest = value] = /^([\w-]+) +(.+)$/s.exec(value) ?? [];
  const pairs = rest.split(/[;,]\s*/).map((pair) => pair.replace(/^[^=]*=(?=.)/s, ''));
  const basic = scheme.toLowerCase() === 'basic' ? (attempt(() => atob(rest)) ?? '') : '';
  return [rest, ...pairs, basic, basic.replace(/^[^:]*:/, '')];
}

/** A value as it is, as part of JSON, of a URL, and of anything in base64. */
function formsOf(value: string): readonly string[] {
  const url = attempt(() => encodeURIComponent(value)) ?? value;
  const lower = url.replaceAll(/%../g, (code) => code.toLowerCase());
  const encoded = [url, lower].flatMap((form) => [form, form.replaceAll(/%20/g, '+')]);
  const forms = [value, JSON.stringify(value).slice(1, -1), ...encoded, ...base64Of(value)];
  return [...new Set(forms)].filter((form) => form.length >= MIN_LENGTH);
}

/** The characters that the value alone decides, for each of the three places that it can begin at in what is encoded. */
function base64Of(value: string): string[] {
  const bytes = [...new TextEncoder().encode(value)];
  return [0, 1, 2].flatMap((before) => {
    const padded = [...Array<number>(before).fill(0), ...bytes];
    const text = btoa(padded.map((byte) => String.fromCharCode(byte)).join(''));
    const form = text.slice(Math.ceil((before * 8) / 6), Math.floor((padded.length * 8) / 6));
    return [form, form.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
