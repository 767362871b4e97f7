import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isIndexOf, sessionIndex, type Tag } from '../../../../src/saml/rules/session-index.ts';
import { messageId } from '../../../../src/saml/rules/uuid.ts';

const tag: Tag = (text) => createHmac('sha256', 'key').update(text).digest();
const other: Tag = (text) => createHmac('sha256', 'other').update(text).digest();

describe('P12, F4 the index of a session', () => {
  it('is spelled like any version 4 UUID and never the same twice', () => {
    const made = new Set(Array.from({ length: 200 }, () => sessionIndex(randomBytes(16), 'session-a', tag)));
    expect(made.size).toBe(200);
    for (const index of made)
      expect(index).toMatch(/^_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('recognises its session and no other', () => {
    for (let i = 0; i < 50; i += 1) {
      const index = sessionIndex(randomBytes(16), 'session-a', tag);
      expect(isIndexOf(index, 'session-a', tag)).toBe(true);
      expect(isIndexOf(index, 'session-b', tag)).toBe(false);
      expect(isIndexOf(index, 'session-a', other)).toBe(false);
    }
  });

  it.each(['', '_', 'a', messageId(randomBytes(16)), `_${'0'.repeat(36)}`])('takes %s for nobody', (text) => {
    expect(isIndexOf(text, 'session-a', tag)).toBe(false);
  });

  it('any changed digit is another index', () => {
    const index = sessionIndex(randomBytes(16), 'session-a', tag);
    for (let i = 1; i < index.length; i += 1) {
      if (index[i] === '-') continue;
      const changed = index.slice(0, i) + (index[i] === '0' ? '1' : '0') + index.slice(i + 1);
      expect(isIndexOf(changed, 'session-a', tag), changed).toBe(false);
    }
  });
});
