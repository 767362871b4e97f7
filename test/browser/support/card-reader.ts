import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { CHROMIUM } from './chromium.ts';
import { watchContext } from './watch-context.ts';

/** A card as the sandbox interface gives it out: PEM texts. */
export interface PemCard {
  readonly certificate: string;
  /** The authorities above it. */
  readonly chain: string;
  readonly key: string;
}

const LABEL = 'card';
/** The file exists for a moment in a folder of its own; the programs insist on some password. */
const PASSWORD = 'for-the-way';

/** Puts the card where Chromium looks for certificates: the NSS database in its owner's home. */
function insert(home: string, card: PemCard | null): void {
  const database = join(home, '.pki/nssdb');
  mkdirSync(database, { recursive: true });
  const named = `sql:${database}`;
  execFileSync('certutil', ['-N', '-d', named, '--empty-password'], { stdio: 'pipe' });
  if (card === null) return;
  const [key, certificate, chain, bundle] = ['card.key', 'card.pem', 'chain.pem', 'card.p12'].map((file) =>
    join(home, file),
  );
  if (key === undefined || certificate === undefined || chain === undefined || bundle === undefined) return;
  writeFileSync(key, card.key, { mode: 0o600 });
  writeFileSync(certificate, card.certificate);
  writeFileSync(chain, card.chain);
  const parts = ['-inkey', key, '-in', certificate, '-certfile', chain, '-name', LABEL];
  execFileSync('openssl', ['pkcs12', '-export', ...parts, '-passout', `pass:${PASSWORD}`, '-out', bundle], {
    stdio: 'pipe',
  });
  execFileSync('pk12util', ['-i', bundle, '-d', named, '-W', PASSWORD], { stdio: 'pipe' });
}

/**
 * Chromium's own TLS with this card in its reader, or with an empty reader: a home of its own with the card in the
 * certificate database, and a profile that answers this host's question for a certificate without the window in which a
 * person would choose one (a headless browser has no windows).
 */
export async function chromiumWithCard(
  host: string,
  card: PemCard | null,
): Promise<{ readonly context: BrowserContext; readonly close: () => Promise<void> }> {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-card-'));
  const remove = (): void => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  try {
    insert(home, card);
    const profile = join(home, 'profile');
    mkdirSync(join(profile, 'Default'), { recursive: true });
    const chosen = { [`${host},*`]: { setting: { filters: [{}] } } };
    const preferences = {
      profile: { content_settings: { exceptions: { auto_select_certificate: chosen } } },
    };
    writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify(preferences));
    const context = await chromium.launchPersistentContext(profile, {
      ...CHROMIUM,
      env: { ...process.env, HOME: home },
      locale: 'en-US',
      // The certificate of the host for cards is home-made on a laptop.
      ignoreHTTPSErrors: true,
    });
    watchContext(context);
    const close = async (): Promise<void> => {
      await context.close();
      remove();
    };
    return { context, close };
  } catch (error) {
    remove();
    throw error;
  }
}
