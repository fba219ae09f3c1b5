import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Manifest {
  version: string;
  bin: Record<string, string>;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
}

const root = join(__dirname, '../..');
export const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** An empty project, and the packed build of rxlm installed in it. */
export class PackedApp {
  readonly temporary = mkdtempSync(join(tmpdir(), 'rxlm-packed-'));
  readonly folder = join(this.temporary, 'app');
  readonly installed = join(this.folder, 'node_modules/rxlm');

  /** Does what `npm install` does with the tarball and its peers, without a network. */
  install(): void {
    mkdirSync(this.installed, { recursive: true });
    execFileSync('tar', ['-xzf', this.#pack(), '-C', this.installed, '--strip-components=1']);
    const { bin, dependencies, peerDependencies } = manifestOf(this.installed);
    for (const name of [...Object.keys({ ...dependencies, ...peerDependencies }), '@types/node'])
      this.link(name);
    for (const [name, file] of Object.entries(bin))
      this.#symlink(join(this.installed, file), `.bin/${name}`);
  }

  /** Makes a package of this project one of the app. */
  link(name: string): void {
    this.#symlink(join(root, 'node_modules', name), name);
  }

  remove(): void {
    rmSync(this.temporary, { recursive: true, force: true });
  }

  #symlink(target: string, name: string): void {
    const path = join(this.folder, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  }

  /** Packs a copy of the project, so that a `dist` in use is left alone. */
  #pack(): string {
    const copy = join(this.temporary, 'project');
    const left = ['.git', 'node_modules', 'dist', 'coverage', 'bench', 'spec'];
    for (const name of readdirSync(root).filter((name) => !left.includes(name)))
      cpSync(join(root, name), join(copy, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    execFileSync('npm', ['pack', '--offline', '--silent', '--pack-destination', this.temporary], {
      cwd: copy,
      stdio: 'pipe',
    });
    const tarball = readdirSync(this.temporary).find((name) => name.endsWith('.tgz'));
    return join(this.temporary, tarball!);
  }
}
