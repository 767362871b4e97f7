import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { revocationSources } from '../../../src/platform/revocation-sources.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const URL_OF_LIST = 'http://lists.test/cards.crl';
const sources = revocationSources(env.PUBLIC, () => NOW);

const LIST = Uint8Array.of(0x30, 0x00);
const answering = (make: () => Response | Promise<Response>) =>
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => make());

beforeAll(() => {
  vi.restoreAllMocks();
});
afterEach(() => vi.restoreAllMocks());

describe('where revocation is looked up', () => {
  it('keeps nothing by itself of what it fetches: nobody has checked it yet', async () => {
    const asked = answering(() => new Response(LIST));
    expect(await sources.list(URL_OF_LIST, false)).toBeNull();
    expect(asked).not.toHaveBeenCalled();
    expect(await sources.list(URL_OF_LIST, true)).toEqual(LIST);
    expect(await sources.list(URL_OF_LIST, false)).toBeNull();
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('keeps a list until it ends, and fetches nothing while it is kept', async () => {
    const asked = answering(() => new Response(LIST));
    await sources.keep(URL_OF_LIST, LIST, NOW + HOUR);
    expect(await sources.list(URL_OF_LIST, false)).toEqual(LIST);
    expect(asked).not.toHaveBeenCalled();
  });

  it('does not keep a list that is over', async () => {
    const over = 'http://lists.test/over';
    await sources.keep(over, LIST, NOW - HOUR);
    expect(await sources.list(over, false)).toBeNull();
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
