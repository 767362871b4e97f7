import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NEIGHBOURS, readLocalOptions } from '../../../scripts/local/options.ts';
import { anyFreePort, isPortFree, waitUntilListening } from '../../../scripts/local/ports.ts';
import { oidcSamples, saysTheSame } from '../../../scripts/local/sample-apps.ts';
import { sampleKey } from '../../../scripts/local/sample-keys.ts';
import { completeSecrets, ensureSecretsFile, readSecrets } from '../../../scripts/local/secrets.ts';
import { selfSigned } from '../../../scripts/local/self-signed.ts';
import { calmLine, lineSplitter } from '../../../scripts/local/wrangler-log.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const temp = tempFolder();

describe('npm run dev: arguments', () => {
  it('has defaults for everything', () => {
    expect(readLocalOptions([])).toEqual({ port: 8787, host: 'localhost', persistTo: null, verbose: false });
  });

  it('takes port, folder and host', () => {
    expect(
      readLocalOptions(['--port', '21787', '--persist-to', '/tmp/x', '--host', 'idp.localhost']),
    ).toEqual({
      port: 21787,
      host: 'idp.localhost',
      persistTo: '/tmp/x',
      verbose: false,
    });
  });

  it.each([['0'], ['-1'], ['abc'], ['8787.5'], ['65000']])('refuses port %s', (port) => {
    expect(() => readLocalOptions([`--port=${port}`])).toThrow(/--port/);
  });

  it.each([['0.0.0.0'], ['example.com'], ['evil.example'], ['localhost.evil.example']])(
    'refuses host %s, since the local world has no locks',
    (host) => {
      expect(() => readLocalOptions(['--host', host])).toThrow(/--host/);
    },
  );

  it('takes the `--` that npm keeps to itself', () => {
    expect(readLocalOptions(['--', '--port', '21787'])).toMatchObject({ port: 21787 });
    expect(readLocalOptions(['--port', '21787', '--'])).toMatchObject({ port: 21787 });
  });

  it('refuses words it does not know', () => {
    expect(() => readLocalOptions(['--prot', '1'])).toThrow(/Usage/);
  });
});

describe('TC-12, KY-7: secrets of a laptop', () => {
  const make = (): string => 'fresh';

  it('writes every required secret into an empty file', () => {
    expect(completeSecrets('', make)).toEqual({
      text: 'ROOT_1=local-fresh\nADMIN_TOKEN=local-fresh\n',
      added: ['ROOT_1', 'ADMIN_TOKEN'],
    });
  });

  it('never overwrites, and keeps every other byte', () => {
    const before = '# mine\nADMIN_TOKEN="kept"\nOTHER=1';
    const { text, added } = completeSecrets(before, make);
    expect(text).toBe(`${before}\nROOT_1=local-fresh\n`);
    expect(added).toEqual(['ROOT_1']);
    expect(completeSecrets(text, make)).toEqual({ text, added: [] });
  });

  it('takes a name without a value for missing', () => {
    expect(completeSecrets('ROOT_1=\nADMIN_TOKEN=a\n', make).added).toEqual(['ROOT_1']);
  });

  it('writes the file for its owner alone, also when it was open before', () => {
    const file = join(temp, '.dev.vars');
    writeFileSync(file, 'ADMIN_TOKEN=kept\n', { mode: 0o644 });
    expect(ensureSecretsFile(file, make)).toEqual(['ROOT_1']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect([...readSecrets(readFileSync(file, 'utf8'))]).toEqual([
      ['ADMIN_TOKEN', 'kept'],
      ['ROOT_1', 'local-fresh'],
    ]);
  });

  it('reads quotes, comments and spaces', () => {
    expect([...readSecrets('# A=1\n B = "x y" \nexport C=\'z\'\nbroken line\r\nD=1=2\r\n')]).toEqual([
      ['B', 'x y'],
      ['C', 'z'],
      ['D', '1=2'],
    ]);
  });
});

describe('npm run dev: log', () => {
  it.each([
    [''],
    ['[wrangler:info] GET /api/health 200 OK (3ms)'],
    ['⎔ Starting local server...'],
    ['env.GH_ENV ("local")      Environment Variable   local'],
    ['{"level":"info","event":"request"}'],
    ['\u001b[33m▲ \u001b[1mScheduled Workers are not automatically triggered during local development.'],
  ])('hides the routine line %j', (line) => {
    expect(calmLine(line)).toBeNull();
  });

  it.each([
    ['[wrangler:error] Error: boom'],
    ['    at Object.fetch (file:///src/worker.ts:11:43)'],
    ['\u001b[31m✘ \u001b[41;31m[ERROR] Build failed with 1 error:\u001b[0m'],
    ['{"level":"error","event":"fault"}'],
    ['{"level": "warn","event":"slow"}'],
    ['a line somebody printed to look at it'],
  ])('shows %j', (line) => {
    expect(calmLine(line)).toBe(line);
  });

  it('puts lines together from chunks', () => {
    const lines: string[] = [];
    const take = lineSplitter((line) => lines.push(line));
    for (const chunk of ['a', 'b\nc', '\r\n', 'unfinished']) take(chunk);
    expect(lines).toEqual(['ab', 'c']);
  });
});

describe('npm run dev: ports', () => {
  it('sees that a port is taken, and free again', async () => {
    const port = await anyFreePort();
    expect(await isPortFree(port)).toBe(true);
    const server = createServer();
    await new Promise<void>((done) => server.listen({ port, host: '127.0.0.1' }, done));
    expect(await isPortFree(port)).toBe(false);
    await new Promise((done) => server.close(done));
    expect(await isPortFree(port)).toBe(true);
  });
});

describe('a port for a test', () => {
  it('is none that the system gives away itself, and its neighbours are free too', async () => {
    const port = await anyFreePort(NEIGHBOURS);
    expect(port + Math.max(...NEIGHBOURS)).toBeLessThan(32_768);
    for (const offset of NEIGHBOURS) expect(await isPortFree(port + offset)).toBe(true);
  });
});

describe('npm run dev: a sample app', () => {
  it('is waited for until it listens, and not when it has ended', async () => {
    const port = await anyFreePort();
    expect(await waitUntilListening(port, () => true)).toBe(false);
    const server = createServer();
    const waiting = waitUntilListening(port, () => false);
    server.listen({ port, host: '127.0.0.1' });
    expect(await waiting).toBe(true);
    await new Promise((done) => server.close(done));
  });
});

describe('sample apps', () => {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const from = new Date('2026-11-22T00:00:00Z');

  it.each([['2036-11-22T00:00:00Z'], ['2060-01-01T00:00:00Z']])(
    'RFC 5280: carry their key in a certificate valid until %s',
    (end) => {
      const certificate = new X509Certificate(selfSigned(pair.privateKey, 'Sample', from, new Date(end)));
      expect(certificate.subject).toBe('CN=Sample');
      expect(new Date(certificate.validFrom)).toEqual(from);
      expect(new Date(certificate.validTo)).toEqual(new Date(end));
      expect(certificate.publicKey.equals(createPublicKey(pair.publicKey))).toBe(true);
      expect(certificate.verify(certificate.publicKey)).toBe(true);
      expect(certificate.serialNumber).toHaveLength(32);
    },
  );

  it('keep their key from one start to the next', async () => {
    const folder = join(temp, 'keys');
    const first = await sampleKey(folder, 'app', from);
    expect((await sampleKey(folder, 'app', new Date())).cert).toBe(first.cert);
    expect(statSync(first.keyFile).mode & 0o777).toBe(0o600);
  });

  it('follow the port: another origin is another registration', () => {
    const [app] = oidcSamples('http://localhost:9787', 'PEM');
    if (app === undefined) throw new Error('no sample');
    expect(saysTheSame({ ...app, uuid: 'u', certs: ['PEM\n'] }, app)).toBe(true);
    expect(saysTheSame({ ...app, redirect_uris: ['http://localhost:1/callback'] }, app)).toBe(false);
  });
});
