import { describe, expect, it } from 'vitest';
import { sendDocument, stableDocument } from '../../src/kernel/stable-document.ts';

const FIELDS = { 'content-type': 'application/json', vary: 'Origin' };
const document = stableDocument('{"a":"é"}', FIELDS, { etag: '"abc"', secure: true });

describe('CFG-7 documents that are the same for everybody', () => {
  it('go out any number of times, whole, with their headers', async () => {
    for (let i = 0; i < 3; i += 1) {
      const response = sendDocument(document, null);
      expect(response.status).toBe(200);
      expect(await response.text()).toBe('{"a":"é"}');
      expect(Object.fromEntries(response.headers)).toEqual({
        'content-type': 'application/json',
        etag: '"abc"',
        'strict-transport-security': 'max-age=31536000; includeSubDomains; preload',
        vary: 'Origin',
      });
    }
  });

  it('are not changed by what is done to one answer', () => {
    sendDocument(document, null).headers.set('vary', 'Cookie');
    expect(sendDocument(document, null).headers.get('vary')).toBe('Origin');
  });

  it.each(['"abc"', 'W/"abc"', '*', '"x", "abc"', '"x",W/"abc"'])(
    'are not sent again to %s',
    async (sent) => {
      const response = sendDocument(document, sent);
      expect([response.status, await response.text(), response.headers.get('etag')]).toEqual([
        304,
        '',
        '"abc"',
      ]);
    },
  );

  it.each(['', '"ab"', 'abc', '"x", "y"', 'W/"abcd"'])('are sent to somebody who has %s', (sent) => {
    expect(sendDocument(document, sent).status).toBe(200);
  });

  it('are always sent when they have no tag, and say nothing of https without it', () => {
    const plain = stableDocument('x', {}, { etag: null, secure: false });
    const response = sendDocument(plain, '*');
    expect([response.status, response.headers.get('etag')]).toEqual([200, null]);
    expect(response.headers.has('strict-transport-security')).toBe(false);
  });
});
