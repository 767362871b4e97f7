import type { ErrorGroup } from './errors.ts';

/** The dictionary as Markdown, for docs/errors.md; written by `node scripts/errors.ts`. */
export const errorsMarkdown = (groups: readonly ErrorGroup[]): string =>
  `${[
    '# Errors',
    'Every stable error id, its cause and its cure. The same text is served at `/developers/support/#id`, and most messages end with that link. Every page and every machine answer, published documents aside, also carries a request id (`x-request-id`).',
    'This file is written from `src/developers/errors.ts`: change it there and run `node scripts/errors.ts`.',
    ...groups.flatMap(({ title, where, entries }) => [
      `## ${title}`,
      where,
      ...entries.flatMap(({ id, aliases, message, cause, fix }) => [
        `### ${id}`,
        ...(aliases.length === 0 ? [] : [`Also: ${aliases.map((alias) => `\`${alias}\``).join(', ')}`]),
        `> ${message}`,
        `Cause: ${cause}`,
        `Fix: ${fix}`,
      ]),
    ]),
  ].join('\n\n')}\n`;
