import { describe, expect, it } from 'vitest';
import { type DeployOptions, deployEnvironment } from '../../../scripts/cloud/deploy-environment.ts';
import { readEnvironmentFile } from '../../../scripts/cloud/environment-file.ts';
import { mergeConfig } from '../../../scripts/cloud/merge-config.ts';
import { refusals, type Situation } from '../../../scripts/cloud/refusals.ts';
import type { World } from '../../../scripts/cloud/world.ts';
import {
  databaseId,
  jsonIn,
  namespaceId,
  saysNoWorker,
  secretNames,
} from '../../../scripts/cloud/wrangler-answers.ts';

const ISSUER = 'https://idp.agency.gov/';
const DATABASE = '11111111-2222-4333-8444-555555555555';
const NAMESPACE = '0123456789abcdef0123456789abcdef';
const ROOT = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA';
const FILE = { issuer: ISSUER, mail_from: 'no-reply@agency.gov' };
const PLACES = { project: '/gatehouse', secretsFolder: '/home/op/.gatehouse' };
const KEPT = '/home/op/.gatehouse/production.secrets.json';

const TOML = {
  name: 'gatehouse',
  main: 'src/worker.ts',
  assets: { directory: './dist/assets', binding: 'ASSETS' },
  env: {
    sandbox: { vars: { GH_ENV: 'sandbox' } },
    production: {
      main: 'dist/bundle/production/worker.js',
      no_bundle: true,
      build: { command: 'node scripts/build-worker.ts production' },
      routes: [{ pattern: 'production.idp.example', custom_domain: true }],
      d1_databases: [
        {
          binding: 'DB',
          database_name: 'gatehouse-production',
          database_id: '0',
          migrations_dir: 'migrations',
        },
      ],
      kv_namespaces: [{ binding: 'PUBLIC', id: '0' }],
      vars: {
        GH_ENV: 'production',
        ISSUER: 'https://production.idp.example/',
        BRAND: 'Gatehouse',
        MAIL_PROVIDER: 'binding',
      },
    },
  },
};

/** A Cloudflare account in memory, with everything a deploy may touch. */
function aWorld(
  over: {
    file?: object | null;
    files?: Record<string, string>;
    uncommitted?: string;
    secrets?: string[] | null;
  } = {},
) {
  const files = new Map<string, string>(Object.entries(over.files ?? {}));
  if (over.file !== null) files.set('/gatehouse/deploy/production.json', JSON.stringify(over.file ?? FILE));
  const databases: { name: string; uuid: string }[] = [];
  const namespaces: { title: string; id: string }[] = [];
  let secrets: string[] | null = over.secrets === undefined ? null : over.secrets;
  const commands: string[] = [];
  const said: string[] = [];
  const uploaded: Record<string, unknown>[] = [];
  const secretWrites: string[] = [];
  let made = 0;

  const answer = (args: readonly string[]): { code: number; stdout: string } => {
    const line = args.join(' ');
    if (line.startsWith('d1 list')) return { code: 0, stdout: `notice\n${JSON.stringify(databases)}\n` };
    if (line.startsWith('kv namespace list')) return { code: 0, stdout: JSON.stringify(namespaces) };
    if (line.startsWith('d1 create')) databases.push({ name: args[2] ?? '', uuid: DATABASE });
    if (line.startsWith('kv namespace create')) namespaces.push({ title: args[3] ?? '', id: NAMESPACE });
    if (line.startsWith('secret list')) {
      return secrets === null
        ? { code: 1, stdout: 'This Worker does not exist on your account. [code: 10007]' }
        : { code: 0, stdout: JSON.stringify(secrets.map((name) => ({ name, type: 'secret_text' }))) };
    }
    if (line.startsWith('deploy ')) {
      const at = args.indexOf('--secrets-file');
      if (at > 0) {
        const set: Record<string, unknown> = JSON.parse(files.get(args[at + 1] ?? '') ?? '{}');
        uploaded.push(set);
        secrets = [...new Set([...(secrets ?? []), ...Object.keys(set)])];
      }
    }
    return { code: 0, stdout: '' };
  };
  const world: World = {
    wrangler: (args) => {
      commands.push(args.join(' '));
      return Promise.resolve({ stderr: '', ...answer(args) });
    },
    buildAssets: () => Promise.resolve(),
    git: (args) => Promise.resolve(args[0] === 'status' ? (over.uncommitted ?? '') : 'abc123'),
    read: (path) => files.get(path) ?? null,
    write: (path, text, secret) => {
      files.set(path, text);
      if (secret) secretWrites.push(path);
    },
    remove: (path) => void files.delete(path),
    makeSecret: () => {
      made += 1;
      return `${made}${ROOT.slice(1)}`;
    },
    toml: () => TOML,
    get: (url) => {
      const path = url.slice(ISSUER.length);
      if (path === 'api/health') return Promise.resolve({ status: 200, body: '{"healthy":true}' });
      if (path.startsWith('.well-known'))
        return Promise.resolve({ status: 200, body: JSON.stringify({ issuer: ISSUER }) });
      if (path.endsWith('certs')) return Promise.resolve({ status: 200, body: '{"keys":[{}]}' });
      return Promise.resolve({ status: path.startsWith('api/admin') ? 401 : 404, body: '' });
    },
    pause: () => Promise.resolve(),
    say: (line) => void said.push(line),
  };
  return { world, files, commands, said, uploaded, secretWrites };
}

const options = (over: Partial<DeployOptions> = {}): DeployOptions => ({
  environment: 'production',
  dryRun: false,
  allowDirty: false,
  secretsFile: null,
  ...over,
});

describe('first deploy of an environment', () => {
  it('makes database, namespace and secrets, migrates, then uploads', async () => {
    const { world, commands, files, uploaded } = aWorld();
    await deployEnvironment(options(), world, PLACES);
    const order = commands.map((line) => line.split(' ').slice(0, 3).join(' '));
    expect(order).toEqual([
      'd1 list --json',
      'd1 create gatehouse-production',
      'd1 list --json',
      'kv namespace list',
      'kv namespace create',
      'kv namespace list',
      'secret list --config',
      'd1 time-travel info',
      'd1 migrations apply',
      'deploy --config /gatehouse/dist/deploy/production/wrangler.json',
    ]);
    expect(commands[1]).toBe('d1 create gatehouse-production --jurisdiction us');
    expect(commands.at(-1)).toContain('--env production --tag abc123');
    expect(Object.keys(uploaded[0] ?? {})).toEqual(['ROOT_1', 'ADMIN_TOKEN']);
    expect(JSON.parse(files.get('/gatehouse/deploy/production.json') ?? '')).toMatchObject({
      ...FILE,
      d1_database_id: DATABASE,
      kv_namespace_id: NAMESPACE,
    });
  });

  it('never prints a secret, keeps them for their owner, and removes the upload file', async () => {
    const { world, files, said, commands, uploaded, secretWrites } = aWorld();
    await deployEnvironment(options(), world, PLACES);
    const values = Object.values(uploaded[0] ?? {}).map(String);
    expect(values).toHaveLength(2);
    expect(
      values.filter((value) => said.join('\n').includes(value) || commands.join('\n').includes(value)),
    ).toEqual([]);
    expect(JSON.parse(files.get(KEPT) ?? '{}')).toEqual(uploaded[0]);
    expect([...files.keys()].filter((path) => path.includes('upload'))).toEqual([]);
    expect(secretWrites).toEqual([KEPT, '/home/op/.gatehouse/production.upload.json']);
  });

  it('takes secrets made elsewhere and keeps no copy of them', async () => {
    const brought = { ROOT_1: ROOT, ADMIN_TOKEN: ROOT.slice(0, 40) };
    const { world, files, uploaded } = aWorld({ files: { '/usb/secrets.json': JSON.stringify(brought) } });
    await deployEnvironment(options({ secretsFile: '/usb/secrets.json' }), world, PLACES);
    expect(uploaded).toEqual([brought]);
    expect(files.has(KEPT)).toBe(false);
  });

  it('asks for its file when there is none, and shows one', async () => {
    const { world, commands } = aWorld({ file: null });
    await expect(deployEnvironment(options(), world, PLACES)).rejects.toThrow(
      /deploy\/production\.json is missing[\s\S]+issuer/,
    );
    expect(commands).toEqual([]);
  });
});

describe('the next deploys', () => {
  const known = { ...FILE, d1_database_id: DATABASE, kv_namespace_id: NAMESPACE };

  it('make nothing twice and set no secret again', async () => {
    const { world, commands, uploaded, files } = aWorld({ file: known, secrets: ['ROOT_1', 'ADMIN_TOKEN'] });
    const before = files.get('/gatehouse/deploy/production.json');
    await deployEnvironment(options(), world, PLACES);
    expect(commands.filter((line) => line.includes('create'))).toEqual([]);
    expect(uploaded).toEqual([]);
    expect(files.get('/gatehouse/deploy/production.json')).toBe(before);
  });

  it('use the kept secrets again when the first upload failed half-way', async () => {
    const kept = { ROOT_1: ROOT, ADMIN_TOKEN: ROOT.slice(0, 40) };
    const { world, uploaded } = aWorld({ file: known, files: { [KEPT]: JSON.stringify(kept) } });
    await deployEnvironment(options(), world, PLACES);
    expect(uploaded).toEqual([kept]);
  });

  it('add a root beside the old one, and never replace one', async () => {
    const state = { file: known, secrets: ['ROOT_1', 'ADMIN_TOKEN'] };
    const next = aWorld({ ...state, files: { '/r.json': JSON.stringify({ ROOT_2: ROOT }) } });
    await deployEnvironment(options({ secretsFile: '/r.json' }), next.world, PLACES);
    expect(next.uploaded).toEqual([{ ROOT_2: ROOT }]);
    const same = aWorld({ ...state, files: { '/r.json': JSON.stringify({ ROOT_1: ROOT }) } });
    await expect(deployEnvironment(options({ secretsFile: '/r.json' }), same.world, PLACES)).rejects.toThrow(
      /never replaced/,
    );
    expect(same.uploaded).toEqual([]);
  });

  it('do not go on when wrangler cannot tell which secrets there are', async () => {
    const { world, commands } = aWorld({ file: known });
    const offline: World = {
      ...world,
      wrangler: (args) =>
        args[0] === 'secret'
          ? Promise.resolve({ code: 1, stdout: '', stderr: 'Authentication error' })
          : world.wrangler(args),
    };
    await expect(deployEnvironment(options(), offline, PLACES)).rejects.toThrow(/Authentication error/);
    expect(commands.filter((line) => line.startsWith('deploy'))).toEqual([]);
  });

  it('stop before the upload when a migration fails', async () => {
    const { world, commands } = aWorld({ file: known, secrets: ['ROOT_1', 'ADMIN_TOKEN'] });
    const failing: World = {
      ...world,
      wrangler: (args) =>
        args[1] === 'migrations'
          ? Promise.resolve({ code: 1, stdout: 'no such table', stderr: '' })
          : world.wrangler(args),
    };
    await expect(deployEnvironment(options(), failing, PLACES)).rejects.toThrow(/no such table/);
    expect(commands.filter((line) => line.startsWith('deploy'))).toEqual([]);
  });

  it('tell how to go back when the new version does not answer well', async () => {
    const { world } = aWorld({ file: known, secrets: ['ROOT_1', 'ADMIN_TOKEN'] });
    const open: World = {
      ...world,
      get: async (url) => (url.endsWith('/sandbox') ? { status: 200, body: '' } : world.get(url)),
    };
    await expect(deployEnvironment(options(), open, PLACES)).rejects.toThrow(
      /\/sandbox answers 200[\s\S]+wrangler rollback/,
    );
    const dead: World = { ...world, get: () => Promise.resolve(null) };
    await expect(deployEnvironment(options(), dead, PLACES)).rejects.toThrow(/does not answer/);
  });
});

describe('dry run', () => {
  it('asks wrangler for nothing but the check of bundle and configuration, and writes only below dist', async () => {
    const { world, commands, files, said } = aWorld({ uncommitted: ' M src/app.ts' });
    const before = new Set(files.keys());
    await deployEnvironment(options({ dryRun: true }), world, PLACES);
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatch(/^deploy .*--dry-run/);
    expect([...files.keys()].filter((path) => !before.has(path))).toEqual([
      '/gatehouse/dist/deploy/production/wrangler.json',
    ]);
    expect(said.join('\n')).toMatch(/would refuse:[\s\S]+uncommitted|would refuse:[\s\S]+no commit/);
    expect(said.join('\n')).toContain('wrangler d1 create gatehouse-production');
  });

  it('works before anybody has written a file', async () => {
    const { world, said } = aWorld({ file: null });
    await deployEnvironment(options({ dryRun: true }), world, PLACES);
    expect(said.join('\n')).toContain('placeholder');
  });
});

describe('reasons to refuse a deploy', () => {
  const situation = (over: Partial<Situation> & { issuer?: string; mail_from?: string } = {}): Situation => {
    const read = readEnvironmentFile(JSON.stringify(FILE));
    if (!read.ok) throw new Error('test file is wrong');
    return {
      environment: 'production',
      file: {
        ...read.file,
        ...(over.issuer ? { issuer: over.issuer } : {}),
        ...(over.mail_from ? { mail_from: over.mail_from } : {}),
      },
      secrets: new Map([['ROOT_1', ROOT]]),
      laptopSecrets: new Map(),
      uncommitted: '',
      allowDirty: false,
      ...over,
    };
  };

  it('finds none when all is well', () => {
    expect(refusals(situation())).toEqual([]);
  });

  it.each([
    ['http://idp.agency.gov/'],
    ['https://localhost/'],
    ['https://idp.localhost/'],
    ['https://production.idp.example/'],
    ['https://idp.example.gov/'],
    ['https://idp.example.com/'],
    ['https://127.0.0.1/'],
    ['https://intranet/'],
    ['nonsense'],
  ])('refuses the issuer %s', (issuer) => {
    expect(refusals(situation({ issuer }))).toHaveLength(1);
  });

  it('refuses a sender nobody owns', () => {
    expect(refusals(situation({ mail_from: 'no-reply@idp.example' }))).toHaveLength(1);
  });

  it('refuses the secret of a laptop, under whatever name', () => {
    expect(refusals(situation({ laptopSecrets: new Map([['ROOT_9', ROOT]]) }))[0]).toContain('.dev.vars');
  });

  it('refuses what was made for some other laptop', () => {
    const secrets = new Map([['ADMIN_TOKEN', `local-${ROOT.slice(6)}`]]);
    expect(refusals(situation({ secrets }))[0]).toContain('laptop');
  });

  it.each([['short'], ['A'.repeat(43)], [`${ROOT}=`], [`${ROOT}x`]])('refuses the root %s', (root) => {
    expect(refusals(situation({ secrets: new Map([['ROOT_1', root]]) }))).toHaveLength(1);
  });

  it('refuses production from a working copy with changes, unless told to', () => {
    const uncommitted = ' M src/app.ts';
    expect(refusals(situation({ uncommitted }))).toHaveLength(1);
    expect(refusals(situation({ uncommitted, allowDirty: true }))).toEqual([]);
    expect(refusals(situation({ uncommitted, environment: 'sandbox' }))).toEqual([]);
  });

  it('refuses variables that have a place of their own', () => {
    const base = situation();
    expect(refusals({ ...base, file: { ...base.file, vars: { GH_ENV: 'local' } } })[0]).toContain('GH_ENV');
  });
});

describe('deploy/<environment>.json', () => {
  it('fills in the jurisdiction', () => {
    const read = readEnvironmentFile(JSON.stringify(FILE));
    expect(read).toMatchObject({ ok: true, file: { jurisdiction: 'us', vars: {} } });
  });

  it.each([
    ['not json', /not JSON/],
    ['{}', /issuer/],
    [JSON.stringify({ ...FILE, isuer: 'x' }), /isuer/],
    [JSON.stringify({ ...FILE, issuer: 'https://idp.agency.gov' }), /single slash/],
    [JSON.stringify({ ...FILE, issuer: 'https://idp.agency.gov/login/' }), /single slash/],
    [JSON.stringify({ ...FILE, mail_from: 'Gatehouse <x@y.gov>' }), /mail_from/],
    [JSON.stringify({ ...FILE, d1_database_id: 'gatehouse' }), /d1_database_id/],
  ])('says what is wrong with %s', (text, complaint) => {
    const read = readEnvironmentFile(text);
    expect(read.ok ? '' : read.mistakes.join('\n')).toMatch(complaint);
  });
});

describe('the configuration handed to wrangler', () => {
  const read = readEnvironmentFile(
    JSON.stringify({
      ...FILE,
      d1_database_id: DATABASE,
      kv_namespace_id: NAMESPACE,
      brand: 'Agency sign-in',
      vars: { MAIL_PROVIDER: 'http' },
    }),
  );
  if (!read.ok) throw new Error('test file is wrong');
  const config = mergeConfig(TOML, 'production', read.file, '/gatehouse');

  it('has absolute paths, because it lies elsewhere', () => {
    expect(config).toMatchObject({
      main: '/gatehouse/src/worker.ts',
      assets: { directory: '/gatehouse/dist/assets', binding: 'ASSETS' },
    });
  });

  it('has one environment, with real ids, routes and variables', () => {
    expect(config.env).toEqual({
      production: {
        main: '/gatehouse/dist/bundle/production/worker.js',
        no_bundle: true,
        build: { command: 'node scripts/build-worker.ts production', cwd: '/gatehouse' },
        routes: [{ pattern: 'idp.agency.gov', custom_domain: true }],
        d1_databases: [
          {
            binding: 'DB',
            database_name: 'gatehouse-production',
            database_id: DATABASE,
            migrations_dir: '/gatehouse/migrations',
          },
        ],
        kv_namespaces: [{ binding: 'PUBLIC', id: NAMESPACE }],
        vars: {
          GH_ENV: 'production',
          ISSUER,
          BRAND: 'Agency sign-in',
          MAIL_FROM: 'no-reply@agency.gov',
          MAIL_PROVIDER: 'http',
          JURISDICTION: 'us',
        },
      },
    });
  });
});

describe('reading what wrangler prints', () => {
  it('finds JSON between notices', () => {
    expect(jsonIn('▲ warning [x]\n[\n  {"name": "a"}\n]\n\nbye')).toEqual([{ name: 'a' }]);
    expect(jsonIn('nothing here')).toBeNull();
  });

  it('finds ids by exact name', () => {
    const listing = JSON.stringify([
      { name: 'gatehouse-production-old', uuid: 'x' },
      { name: 'gatehouse-production', uuid: 'y' },
    ]);
    expect(databaseId(listing, 'gatehouse-production')).toBe('y');
    expect(databaseId('[]', 'gatehouse-production')).toBeNull();
    expect(namespaceId('[{"title":"t","id":"i"}]', 't')).toBe('i');
    expect(secretNames('[{"name":"ROOT_1","type":"secret_text"}]')).toEqual(['ROOT_1']);
  });

  it('tells a Worker that was never deployed from a failure', () => {
    expect(saysNoWorker('This Worker does not exist on your account. [code: 10007]')).toBe(true);
    expect(saysNoWorker('Authentication error [code: 10000]')).toBe(false);
  });
});
