/**
 * @internal Whether a URL is `https:` with a public host name: no credentials, no IP address in any spelling, and no name
 * of a local network (which is where link-local metadata servers and internal services are). What the name resolves to
 * is known only to the one who fetches it.
 */
export function isPublicHttpsUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hostname } = new URL(text);
  const host = hostname.replace(/\.$/, '');
  return (
    protocol === 'https:' &&
    username === '' &&
    password === '' &&
    // The parser has written every spelling of an IPv4 address as four numbers; IPv6 stands in brackets.
    !host.startsWith('[') &&
    !/^[\d.]+$/.test(host) &&
    host.includes('.') &&
    !LOCAL.test(host)
  );
}

const LOCAL =
  /\.(local|localhost|localdomain|internal|intranet|lan|home|corp|private|test|invalid|example|onion|arpa)$/;
