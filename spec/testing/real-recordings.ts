import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// Streams of the real service are not the project's to carry; where they lie beside it, they are played too.
const folder = join(__dirname, '../../../shared/recordings');

/** The path of a recording beside the project, if it is there. */
export function besideProject(name: string): string | undefined {
  const path = join(folder, name);
  return existsSync(path) ? path : undefined;
}

/** The paths of all real streams beside the project; none on most machines. */
export function realRecordings(): string[] {
  const real = besideProject('anthropic');
  if (real === undefined) return [];
  return readdirSync(real)
    .filter((name) => name.endsWith('.ndjson'))
    .map((name) => join(real, name));
}
