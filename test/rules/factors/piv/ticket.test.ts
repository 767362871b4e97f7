import { describe, expect, it } from 'vitest';
import { isCardHost } from '../../../../src/factors/endpoints/piv-host.ts';
import { readFinding, writeFinding } from '../../../../src/factors/piv/card-token.ts';
import {
  CARD_PURPOSES,
  newTicket,
  readTicket,
  TICKET_LIFETIME_MS,
  writeTicket,
} from '../../../../src/factors/piv/ticket.ts';
import { hmacSha256 } from '../../../../src/kernel/crypto.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const tag = (text: string): string =>
  Buffer.from(hmacSha256(Buffer.from('key'), text))
    .toString('base64url')
    .slice(0, 22);
const random = (length: number): Uint8Array => new Uint8Array(length).fill(7);

describe('PV-1 the errand to the host for cards', () => {
  it.each(CARD_PURPOSES)('comes back as it was written: %s', (purpose) => {
    const ticket = newTicket(random, purpose, NOW);
    expect(readTicket(writeTicket(ticket, tag), tag, NOW)).toEqual(ticket);
  });

  it('is refused when it is old, from the future, changed, or tagged by somebody else', () => {
    const text = writeTicket(newTicket(random, 'sign-in', NOW), tag);
    expect(readTicket(text, tag, NOW + TICKET_LIFETIME_MS - 1)).not.toBeNull();
    expect(readTicket(text, tag, NOW + TICKET_LIFETIME_MS)).toBeNull();
    expect(readTicket(text, tag, NOW - 1)).toBeNull();
    expect(readTicket(text.replace('sign-in', 'set-up'), tag, NOW)).toBeNull();
    expect(readTicket(text, (other) => tag(`x${other}`), NOW)).toBeNull();
    for (const other of ['', 'a.b.c.d', text.slice(0, -1), `${text}.x`])
      expect(readTicket(other, tag, NOW)).toBeNull();
  });
});

describe('PV-1 what the host for cards found out', () => {
  const card = { identity: 'i', subject: 'CN=s', issuer: 'CN=i', keyId: '' };

  it('comes back as it was written, for two minutes', () => {
    for (const result of [{ card }, { error: 'certificate.revoked' as const }]) {
      const text = writeFinding({ at: NOW, result });
      expect(readFinding(text, NOW)).toEqual({ at: NOW, result });
      expect(readFinding(text, NOW + 120_000)).toBeNull();
    }
  });

  it('is nothing else', () => {
    for (const result of [{}, { error: 'user.not_found' }, { error: 'x' }, { card: { ...card, subject: 1 } }])
      expect(readFinding(JSON.stringify({ at: NOW, result }), NOW)).toBeNull();
  });
});

describe('MT-1 the host for cards', () => {
  it('is the one name, or names of one label under it', () => {
    expect(isCardHost('card.example.gov', 'card.example.gov')).toBe(true);
    expect(isCardHost('a.card.example.gov', 'card.example.gov')).toBe(false);
    expect(isCardHost('a1-b.card.localhost:9', '*.card.localhost:9')).toBe(true);
    for (const host of [
      'card.localhost:9',
      '.card.localhost:9',
      'a.b.card.localhost:9',
      'a.card.localhost',
      'evilcard.localhost:9',
    ])
      expect(isCardHost(host, '*.card.localhost:9')).toBe(false);
  });
});
