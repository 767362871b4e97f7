import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { derOf, sequenceOf } from '../../../src/factors/piv/der-writer.ts';
import { timeOf } from '../../../src/factors/piv/make-certificate.ts';
import { revocationSources } from '../../../src/platform/revocation-sources.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const URL_OF_LIST = 'http://lists.test/cards.crl';
const sources = revocationSources(env.PUBLIC, () => NOW);

/** The outline of a list that ends then; nothing here looks at more. */
const aList = (until: number): Uint8Array<ArrayBuffer> =>
  sequenceOf(
    sequenceOf(derOf(0x02, Uint8Array.of(1)), sequenceOf(), sequenceOf(), timeOf(NOW), timeOf(until)),
    sequenceOf(),
    derOf(0x03, Uint8Array.of(0)),
  );
const answering = (make: () => Response | Promise<Response>) =>
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => make());

beforeAll(() => {
  vi.restoreAllMocks();
});
afterEach(() => vi.restoreAllMocks());

describe('where revocation is looked up', () => {
  it('keeps a list until it ends, and fetches nothing while it is kept', async () => {
    const asked = answering(() => new Response(aList(NOW + HOUR)));
    expect(await sources.list(URL_OF_LIST, false)).toBeNull();
    expect(asked).not.toHaveBeenCalled();
    const fetched = await sources.list(URL_OF_LIST, true);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(await sources.list(URL_OF_LIST, false)).toEqual(fetched);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('does not keep a list that is over, or what is no list', async () => {
    for (const [name, body] of [
      ['over', aList(NOW - HOUR)],
      ['other', Uint8Array.of(1, 2, 3)],
    ] as const) {
      answering(() => new Response(body));
      await sources.list(`http://lists.test/${name}`, true);
      expect(await sources.list(`http://lists.test/${name}`, false), name).toBeNull();
      vi.restoreAllMocks();
    }
  });

  it('gives nothing for a refusal, a redirect, an outage, or more than anybody needs', async () => {
    const cases: readonly (() => Response)[] = [
      () => new Response('no', { status: 404 }),
      () => new Response(null, { status: 302, headers: { location: 'http://elsewhere.test/' } }),
      () => {
        throw new TypeError('unreachable');
      },
      () => new Response(new Uint8Array(70_000)),
    ];
    for (const make of cases) {
      answering(make);
      expect(await sources.ask('http://answers.test/', Uint8Array.of(1))).toBeNull();
      vi.restoreAllMocks();
    }
  });

  it('keeps no answer about a card: a list of recent ones would tell who signs in', async () => {
    const before = (await env.PUBLIC.list()).keys.length;
    answering(() => new Response(Uint8Array.of(1, 2)));
    expect(await sources.ask('http://answers.test/', Uint8Array.of(1))).toEqual(Uint8Array.of(1, 2));
    expect((await env.PUBLIC.list()).keys).toHaveLength(before);
  });
});
