import { parseArgs } from 'node:util';
import { Stop } from '../support/stop.ts';

/** What `npm run dev -- ...` was asked for. */
export interface LocalOptions {
  readonly port: number;
  /** Host name in the issuer; always one that means this machine. */
  readonly host: string;
  /** Folder of the local database and objects; null is wrangler's own `.wrangler/state`. */
  readonly persistTo: string | null;
  /** Shows every line of the runtime's log. */
  readonly verbose: boolean;
}

export const LOCAL_USAGE = `Usage: npm run dev -- [--port N] [--persist-to DIR] [--host NAME] [--verbose]

  --port N          port of Gatehouse (default 8787); the sample apps listen on N+1000 and N+2000,
                    the host for government ID cards on N+3000 and N+3001
  --persist-to DIR  where the local database lives (default .wrangler/state); a fresh folder is a fresh world
  --host NAME       host name in the issuer: localhost (default), 127.0.0.1 or NAME.localhost
  --verbose         show every line of the runtime's log`;

/** The sample apps follow Gatehouse's port at these distances. */
export const OIDC_SAMPLE_OFFSET = 1000;
export const SAML_SAMPLE_OFFSET = 2000;
/** The host for cards, and the lists and answers of the authority that issued them. */
export const CARD_OFFSET = 3000;
export const CARD_LISTS_OFFSET = 3001;
/** Distances of everything that listens beside Gatehouse. */
export const NEIGHBOURS = [OIDC_SAMPLE_OFFSET, SAML_SAMPLE_OFFSET, CARD_OFFSET, CARD_LISTS_OFFSET] as const;

/** Reads the arguments of `npm run dev`; throws {@link Stop} with a plain sentence when they make no sense. */
export function readLocalOptions(args: readonly string[]): LocalOptions | 'help' {
  const { values } = parse(args);
  if (values.help) return 'help';
  const port = Number(values.port ?? '8787');
  if (!Number.isInteger(port) || port < 1 || port > 65_535 - CARD_LISTS_OFFSET) {
    throw new Stop(`--port must be a whole number from 1 to ${65_535 - CARD_LISTS_OFFSET}.`);
  }
  const host = values.host ?? 'localhost';
  if (!/^(?:127\.0\.0\.1|(?:[a-z0-9-]+\.)*localhost)$/.test(host)) {
    throw new Stop(
      '--host must be localhost, 127.0.0.1 or a name ending in .localhost: the local world has no locks.',
    );
  }
  return { port, host, persistTo: values['persist-to'] ?? null, verbose: values.verbose ?? false };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      // npm takes the separator of `npm run dev -- --port N` away; `node scripts/dev.ts -- --port N` brings it along.
      args: args[0] === '--' ? args.slice(1) : [...args],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        'persist-to': { type: 'string' },
        verbose: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : String(error)}\n\n${LOCAL_USAGE}`);
  }
}
