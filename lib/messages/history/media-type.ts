/** @internal A media type in lower case, without parameters and by its registered name; undefined where it says nothing. */
export function plainMediaType(mediaType: string | undefined): string | undefined {
  const plain = mediaType?.split(';')[0]?.trim().toLowerCase() ?? '';
  // A family alone, `image` or `image/*`, leaves the type to the bytes.
  if (!plain.includes('/') || plain.endsWith('/*') || plain === 'application/octet-stream')
    return undefined;
  return ALIASES.get(plain) ?? plain;
}

const ALIASES: ReadonlyMap<string, string> = new Map([
  ['image/jpg', 'image/jpeg'],
  ['image/pjpeg', 'image/jpeg'],
  ['image/x-png', 'image/png'],
  ['application/x-pdf', 'application/pdf'],
]);

/** @internal The character set that a media type names. */
export function charsetOf(mediaType: string | undefined): string {
  return /;\s*charset="?([^";\s]+)/i.exec(mediaType ?? '')?.[1] ?? 'utf-8';
}

/** @internal Whether files of this type are text that a model can read as it is. */
export function isTextType(mediaType: string | undefined): boolean {
  if (mediaType === undefined) return false;
  return (
    mediaType.startsWith('text/') ||
    TEXT_TYPES.has(mediaType) ||
    (/\+(json|xml|yaml)$/.test(mediaType) && !mediaType.startsWith('image/'))
  );
}

const TEXT_TYPES: ReadonlySet<string> = new Set([
  'application/json',
  'application/jsonl',
  'application/x-ndjson',
  'application/xml',
  'application/yaml',
  'application/x-yaml',
  'application/toml',
  'application/javascript',
  'application/ecmascript',
  'application/typescript',
  'application/sql',
  'application/csv',
  'application/rtf',
  'application/x-sh',
]);

/** @internal The media type that base64 data shows by its first bytes. */
export function sniffMediaType(base64: string): string | undefined {
  const start = base64.slice(0, 16);
  return SIGNATURES.find(([signature]) => signature.test(start))?.[1];
}

const SIGNATURES = [
  [/^iVBORw0KGgo/, 'image/png'],
  [/^\/9j\//, 'image/jpeg'],
  [/^R0lGOD/, 'image/gif'],
  // Other RIFF files begin alike: only the type behind the size distinguishes them from sounds and videos.
  [/^UklGR.{6}XRUJQ/, 'image/webp'],
  [/^JVBERi0/, 'application/pdf'],
] as const;
