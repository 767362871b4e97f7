/**
 * `node scripts/cards.ts issue|revoke`: government ID cards of the local world, made of software. A card is a
 * certificate and a key in PEM and, where openssl is installed, one PKCS #12 file that browsers can import.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { localCardAuthority } from './local/cards.ts';
import { run } from './support/command.ts';
import { PROJECT } from './support/project.ts';
import { runScript, Stop } from './support/stop.ts';

const USAGE = `Usage: node scripts/cards.ts issue [--name NAME] [--out DIR] [--port N] [--persist-to DIR]
       node scripts/cards.ts revoke CARD.pem [--port N] [--persist-to DIR]

  --name NAME       who holds the card (default: Test Person)
  --out DIR         where card.pem, card-key.pem, chain.pem and card.p12 are written (default: .wrangler/card)
  --port N          the port Gatehouse runs on (default 8787)
  --persist-to DIR  the folder of its world, as given to npm run dev`;
/** Browsers ask for one; it protects nothing, because the key lies beside it. */
const PKCS12_PASSWORD = 'card';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        name: { type: 'string', default: 'Test Person' },
        out: { type: 'string', default: join(PROJECT, '.wrangler', 'card') },
        port: { type: 'string', default: '8787' },
        'persist-to': { type: 'string', default: join(PROJECT, '.wrangler', 'state') },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parse();
  if (values.help) {
    say(USAGE);
    return 0;
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Stop(USAGE);
  const [command, file] = positionals;
  const authority = await localCardAuthority(resolve(values['persist-to']), port);
  if (command === 'revoke' && file !== undefined) {
    const body = readFileSync(file, 'utf8').replace(/-----[^-]+-----|\s/g, '');
    authority.revoke(new Uint8Array(Buffer.from(body, 'base64')));
    say('The card is revoked from now on.');
    return 0;
  }
  if (command !== 'issue') throw new Stop(USAGE);
  const card = await authority.issue({ commonName: values.name });
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  const paths = {
    card: join(out, 'card.pem'),
    key: join(out, 'card-key.pem'),
    chain: join(out, 'chain.pem'),
    p12: join(out, 'card.p12'),
  };
  writeFileSync(paths.card, card.certificatePem);
  writeFileSync(paths.key, card.keyPem, { mode: 0o600 });
  writeFileSync(paths.chain, authority.issuing.certificatePem);
  say(`Certificate ${paths.card}\nKey         ${paths.key}\nChain       ${paths.chain}`);
  const packed = await run(
    'openssl',
    [
      'pkcs12',
      '-export',
      '-in',
      paths.card,
      '-inkey',
      paths.key,
      '-certfile',
      paths.chain,
      '-out',
      paths.p12,
    ].concat(['-passout', `pass:${PKCS12_PASSWORD}`]),
    { cwd: out },
  ).catch(() => null);
  if (packed?.code === 0) say(`PKCS #12    ${paths.p12} (password: ${PKCS12_PASSWORD})`);
  else say('openssl is not installed, so there is no PKCS #12 file.');
  return 0;
}

await runScript(main);
