import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRedis } from '../../lib/cli/open-redis';

describe('openRedis', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rxlm-cli-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const place = (name: string) => join(folder, name, 'package.json');
  /** Installs a package in a folder, of which clients say what they were asked. */
  function install(where: string, name: string, source: string): void {
    const target = join(folder, where, 'node_modules', name);
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, 'index.js'), source);
  }
  install(
    'node',
    'redis',
    `exports.createClient = (options) => ({ on() {}, options, connect: async () => {}, destroy() { this.isGone = true; } });`,
  );
  install(
    'io',
    'ioredis',
    `exports.Redis = class { constructor(url, options) { Object.assign(this, { url, options }); } on() {} async connect() {} disconnect() { this.isGone = true; } };`,
  );
  install(
    'down',
    'redis',
    `exports.createClient = ({ url }) => ({ on() {}, connect: async () => { throw new Error('no ' + url); } });`,
  );
  install('broken', 'redis', `require('nothing-of-this-name');`);

  it.each(['node', 'io'])('takes the client that is installed there: %s', async (where) => {
    const { client, close } = await openRedis('redis://a:1', [place(where)]);
    expect(client).toMatchObject(
      where === 'node' ? { options: { url: 'redis://a:1' } } : { url: 'redis://a:1' },
    );
    close();
    expect(client).toMatchObject({ isGone: true });
  });

  it('looks at one place after the other', async () => {
    const { client } = await openRedis('redis://a:1', ['', place('none'), place('node')]);
    expect(client).toMatchObject({ options: { url: 'redis://a:1' } });
  });

  it('says what to install where there is none', async () => {
    await expect(openRedis('redis://a:1', [place('none')])).rejects.toThrow(
      'npm install redis (or ioredis)',
    );
  });

  it('says nothing of the address where it cannot be reached', async () => {
    await expect(openRedis('redis://user:secret@a:1', [place('down')])).rejects.toThrow(
      /^Redis cannot be reached[^@]*$/,
    );
  });
});
