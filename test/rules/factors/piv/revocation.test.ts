import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { publicKeyBits } from '../../../../src/factors/piv/certificate.ts';
import { checkRevocation, type RevocationSources } from '../../../../src/factors/piv/check-revocation.ts';
import { derOf, oidOf, sequenceOf } from '../../../../src/factors/piv/der-writer.ts';
import { EXTENSIONS, signedOf, timeOf } from '../../../../src/factors/piv/make-certificate.ts';
import type { RevocationPolicy } from '../../../../src/factors/piv/model.ts';
import { certificateId, ocspRequest, standingInAnswer } from '../../../../src/factors/piv/ocsp.ts';
import { standingInList } from '../../../../src/factors/piv/revocation-list.ts';
import {
  aCard,
  aKey,
  anAuthority,
  aRoot,
  authorityExtensions,
  cardSays,
  DAY,
  type Holder,
  NOW,
  signerOf,
} from '../../../support/card-chain.ts';

const CRL = 'http://lists.test/cards.crl';
const OCSP = 'http://answers.test/ocsp';
let root: Holder;
let authority: Holder;
let card: Holder;
let other: Holder;
beforeAll(async () => {
  root = await aRoot();
  authority = await anAuthority(root, {
    extensions: [...authorityExtensions(), EXTENSIONS.crl('http://lists.test/root.crl')],
  });
  const extensions = [...cardSays(), EXTENSIONS.crl(CRL), EXTENSIONS.ocsp(OCSP)];
  card = await aCard(authority, { extensions });
  other = await aCard(authority, { extensions, name: [['CN', 'Somebody else']] });
});

interface ListWish {
  readonly by?: Holder;
  readonly revoked?: readonly Holder[];
  readonly from?: number;
  readonly until?: number;
  readonly extensions?: readonly Uint8Array[];
}
const aList = ({
  by = authority,
  revoked = [],
  from = NOW - DAY,
  until = NOW + DAY,
  extensions = [],
}: ListWish = {}) => {
  const signer = signerOf(by.name, by.key);
  const entries = revoked.map(({ certificate }) =>
    sequenceOf(derOf(0x02, certificate.serialBytes), timeOf(NOW - DAY)),
  );
  const body = sequenceOf(
    derOf(0x02, Uint8Array.of(1)),
    signer.algorithm,
    signer.name,
    timeOf(from),
    timeOf(until),
    ...(entries.length === 0 ? [] : [sequenceOf(...entries)]),
    ...(extensions.length === 0 ? [] : [derOf(0xa0, sequenceOf(...extensions))]),
  );
  return signedOf(body, signer);
};
const critical = (oid: string, value: Uint8Array): Uint8Array =>
  sequenceOf(oidOf(oid), Uint8Array.of(1, 1, 0xff), derOf(0x04, value));
const standing = async (list: Uint8Array): Promise<string> =>
  (await standingInList(list, card.certificate, authority.certificate, NOW)).kind;

describe('RFC 5280 section 6.3 a revocation list', () => {
  it('names a certificate or does not', async () => {
    expect(await standing(await aList())).toBe('good');
    expect(await standing(await aList({ revoked: [other] }))).toBe('good');
    expect(await standing(await aList({ revoked: [other, card] }))).toBe('revoked');
    const until = await standingInList(await aList(), card.certificate, authority.certificate, NOW);
    expect(until).toEqual({ kind: 'good', until: NOW + DAY });
  });

  it('proves nothing when it is over, from the future, of somebody else, or not signed by its authority', async () => {
    expect(await standing(await aList({ until: NOW }))).toBe('unusable');
    expect(await standing(await aList({ from: NOW + DAY / 24 }))).toBe('unusable');
    expect(await standing(await aList({ by: root }))).toBe('unusable');
    const impostor = { ...authority, key: aKey('p256', 'impostor') };
    expect(await standing(await aList({ by: impostor }))).toBe('unusable');
    expect(await standing(Uint8Array.of(0x30, 0x00))).toBe('unusable');
    const silent = await anAuthority(root, { extensions: authorityExtensions({ usage: 0x04 }) });
    const mute = await standingInList(await aList(), card.certificate, silent.certificate, NOW);
    expect(mute.kind, 'its authority may sign certificates only').toBe('unusable');
    const cut = await aList({ revoked: [card] });
    expect(await standing(cut.subarray(0, cut.length - 3))).toBe('unusable');
  });

  it('proves nothing when it speaks of a part only: changes, some reasons, authorities, other lists', async () => {
    const scope = (...parts: readonly Uint8Array[]) => critical('2.5.29.28', sequenceOf(...parts));
    const yes = Uint8Array.of(0xff);
    const point = (url: string) => derOf(0xa0, derOf(0xa0, derOf(0x86, Buffer.from(url))));
    expect(await standing(await aList({ extensions: [scope(derOf(0x81, yes))] })), 'users only').toBe('good');
    expect(await standing(await aList({ extensions: [scope(point(CRL))] })), 'its own list').toBe('good');
    for (const extension of [
      critical('2.5.29.27', derOf(0x02, Uint8Array.of(1))),
      scope(derOf(0x82, yes)),
      scope(derOf(0x83, Uint8Array.of(0, 0x80))),
      scope(derOf(0x84, yes)),
      scope(point('http://lists.test/other.crl')),
      critical('1.2.3.4', Uint8Array.of(5, 0)),
    ])
      expect(await standing(await aList({ extensions: [extension] }))).toBe('unusable');
  });
});

type Status = 'good' | 'revoked' | 'unknown';
const general = (at: number) =>
  derOf(0x18, Buffer.from(`${new Date(at).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));

interface AnswerWish {
  readonly about?: Holder;
  readonly status?: Status;
  readonly by?: Holder;
  readonly responder?: Holder;
  readonly from?: number;
  readonly until?: number;
}
async function anAnswer({
  about = card,
  status = 'good',
  by = authority,
  responder,
  from = NOW - 1000,
  until = NOW + DAY,
}: AnswerWish = {}) {
  const id = certificateId(about.certificate, authority.certificate);
  if (id === null) throw new Error('no id');
  const said =
    status === 'good'
      ? Uint8Array.of(0x80, 0)
      : status === 'unknown'
        ? Uint8Array.of(0x82, 0)
        : derOf(0xa1, general(NOW - DAY));
  const single = sequenceOf(id, said, general(from), derOf(0xa0, general(until)));
  const bits = publicKeyBits(by.certificate) ?? new Uint8Array();
  const data = sequenceOf(
    derOf(0xa2, derOf(0x04, createHash('sha1').update(bits).digest())),
    general(NOW),
    sequenceOf(single),
  );
  const signer = signerOf(by.name, (responder ?? by).key);
  const signature = derOf(0x03, Uint8Array.of(0), await signer.sign(data));
  const certificates = responder === undefined ? [] : [derOf(0xa0, sequenceOf(responder.certificate.der))];
  const basic = sequenceOf(data, signer.algorithm, signature, ...certificates);
  return sequenceOf(
    Uint8Array.of(0x0a, 1, 0),
    derOf(0xa0, sequenceOf(oidOf('1.3.6.1.5.5.7.48.1.1'), derOf(0x04, basic))),
  );
}
const answered = async (answer: Uint8Array): Promise<string> =>
  (await standingInAnswer(answer, card.certificate, authority.certificate, NOW)).kind;

describe('RFC 6960 an answer about one certificate', () => {
  it('is good, revoked, or proves nothing', async () => {
    expect(await answered(await anAnswer())).toBe('good');
    expect(await answered(await anAnswer({ status: 'revoked' }))).toBe('revoked');
    expect(await answered(await anAnswer({ status: 'unknown' }))).toBe('unusable');
  });

  it('proves nothing when it is about another, over, from the future, an error, or forged', async () => {
    expect(await answered(await anAnswer({ about: other }))).toBe('unusable');
    expect(await answered(await anAnswer({ until: NOW }))).toBe('unusable');
    expect(await answered(await anAnswer({ from: NOW + DAY / 24 }))).toBe('unusable');
    expect(await answered(Uint8Array.of(0x30, 3, 0x0a, 1, 3))).toBe('unusable');
    const impostor = { ...authority, key: aKey('p256', 'impostor') };
    expect(await answered(await anAnswer({ by: impostor }))).toBe('unusable');
    expect(await answered(await anAnswer({ by: root }))).toBe('unusable');
  });

  it('may be signed by somebody the authority appointed, for that purpose and in force (section 4.2.2.2)', async () => {
    const says = (...purposes: readonly string[]) => cardSays({ purposes });
    const signing = '1.3.6.1.5.5.7.3.9';
    const appointed = await aCard(authority, { extensions: says(signing) });
    expect(await answered(await anAnswer({ responder: appointed }))).toBe('good');
    const cases = [
      await aCard(authority, { extensions: says('1.3.6.1.5.5.7.3.2') }),
      await aCard(authority, { extensions: says(signing), notAfter: NOW - 1 }),
      await aCard(root, { extensions: says(signing) }),
      await aCard({ ...authority, key: aKey('p256', 'impostor') }, { extensions: says(signing) }),
    ];
    for (const responder of cases) expect(await answered(await anAnswer({ responder }))).toBe('unusable');
  });

  it('is asked for by the number of the certificate', () => {
    const request = ocspRequest(card.certificate, authority.certificate);
    expect(Buffer.from(request ?? []).toString('hex')).toContain(card.certificate.serial);
  });
});

describe('what is done when nobody can tell', () => {
  const path = () => [card.certificate, authority.certificate, root.certificate];
  const sources = (
    lists: Readonly<Record<string, Uint8Array | null>>,
    answer: Uint8Array | null,
    told: string[] = [],
  ): RevocationSources => ({
    list: async (url, fresh) => {
      told.push(`${fresh ? 'fetch' : 'cache'} ${url}`);
      return fresh ? (lists[url] ?? null) : null;
    },
    keep: async (url, _list, until) => void told.push(`keep ${url} ${(until - NOW) / 3_600_000} h`),
    ask: async (url) => {
      told.push(`ask ${url}`);
      return answer;
    },
    unanswered: () => void told.push('unanswered'),
  });
  const outcome = async (policy: RevocationPolicy, from: RevocationSources): Promise<string> => {
    const checked = await checkRevocation(path(), policy, from, NOW);
    return checked.ok ? 'ok' : checked.error.reason;
  };
  const ROOT_LIST = 'http://lists.test/root.crl';

  it('asks about the card, and looks authorities up', async () => {
    const told: string[] = [];
    const lists = { [ROOT_LIST]: await aList({ by: root }) };
    expect(await outcome('hard', sources(lists, await anAnswer(), told))).toBe('ok');
    expect(told).toContain(`ask ${OCSP}`);
    expect(
      told.filter((line) => line.endsWith(CRL)),
      'no list of all cards is needed',
    ).toEqual([]);
  });

  it('looks the card up too when nobody answers', async () => {
    const lists = { [ROOT_LIST]: await aList({ by: root }), [CRL]: await aList() };
    expect(await outcome('hard', sources(lists, null))).toBe('ok');
    const revoked = { ...lists, [CRL]: await aList({ revoked: [card] }) };
    expect(await outcome('hard', sources(revoked, null))).toBe('certificate.revoked');
  });

  it('keeps a list it fetched only after its signature was checked', async () => {
    const told: string[] = [];
    const genuine = await aList({ by: root });
    const forged = genuine.slice();
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    await outcome('hard', sources({ [ROOT_LIST]: forged }, await anAnswer(), told));
    expect(told.filter((line) => line.startsWith('keep'))).toEqual([]);
    await outcome('hard', sources({ [ROOT_LIST]: genuine }, await anAnswer(), told));
    expect(told.filter((line) => line.startsWith('keep'))).toEqual([expect.stringContaining(ROOT_LIST)]);
  });

  it('refuses a card whose authority was revoked, under every policy that asks', async () => {
    const lists = { [ROOT_LIST]: await aList({ by: root, revoked: [authority] }) };
    for (const policy of ['hard', 'soft'] as const)
      expect(await outcome(policy, sources(lists, await anAnswer()))).toBe('certificate.revoked');
  });

  it('refuses under `hard`, lets pass under `soft` and says so, asks nobody under `off`', async () => {
    expect(await outcome('hard', sources({}, null))).toBe('certificate.unverified');
    const told: string[] = [];
    expect(await outcome('soft', sources({}, null, told))).toBe('ok');
    expect(told).toContain('unanswered');
    const quiet: string[] = [];
    expect(await outcome('off', sources({}, null, quiet))).toBe('ok');
    expect(quiet).toEqual([]);
  });
});
