import { describe, expect, it } from 'vitest';
import { leaveOut } from '../../../scripts/support/leave-out.ts';
import { Stop } from '../../../scripts/support/stop.ts';

const LIBRARY = `class Query {
  kept = 1;
  union = this.operator("union");
  $with = (alias) => {
    return { alias };
  };
  async all({
    query
  }) {
    return query;
  }
  get event() {
    return 1;
  }
  allOf() {
    return this.kept;
  }
}
export { Query, other };
`;

describe('what is left out of a library', () => {
  it('takes members whole, whatever they look like, and leaves others alone', () => {
    const left = leaveOut('lib.js', LIBRARY, { members: 'union $with all event' });
    expect(left.replace(/\n+/g, '\n')).toBe(
      'class Query {\n  kept = 1;\n  allOf() {\n    return this.kept;\n  }\n}\nexport { Query, other };\n',
    );
  });

  it('exchanges texts everywhere', () => {
    const left = leaveOut('lib.js', LIBRARY, {
      swaps: [
        ['return', 'throw'],
        [/^export .*$/gm, ''],
      ],
    });
    expect(left).not.toMatch(/return|export/);
  });

  it('leaves nothing but names of a file that nobody needs', () => {
    expect(leaveOut('lib.js', LIBRARY, { exports: 'Query other' })).toBe(
      'export const Query = undefined;\nexport const other = undefined;',
    );
  });

  it.each([{ members: 'union gone' }, { exports: 'Query gone' }, { swaps: [['gone', '']] as const }])(
    'stops the build when a part is not where it was: %o',
    (parts) => {
      expect(() => leaveOut('lib.js', LIBRARY, parts)).toThrow(Stop);
      expect(() => leaveOut('lib.js', LIBRARY, parts)).toThrow(/lib\.js has no .*gone/);
    },
  );
});
