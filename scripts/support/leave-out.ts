import type { Plugin } from 'rolldown';
import { Stop } from './stop.ts';

/** What is left out of one file of a library, in this order. */
export interface LeftOut {
  /** Names it exports that become `undefined`, nothing else of the file stays; separated by spaces. */
  readonly exports?: string;
  /** Methods, getters and fields of its classes, separated by spaces. */
  readonly members?: string;
  /** Texts and what stands for each of them instead, at every place it is found at. */
  readonly swaps?: readonly (readonly [from: string | RegExp, to: string])[];
}

/** Files of libraries by their path in node_modules. */
export type LeftOutOf = Readonly<Record<string, LeftOut>>;

const words = (text = ''): readonly string[] => text.split(' ').filter((word) => word !== '');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A member of a class that stands one step in: a line that ends it, or all up to a closing brace one step in. */
const memberNamed = (name: string): RegExp =>
  new RegExp(
    `^(\\t| {2})(?:async |get )?${escaped(name)}(?:\\(| = )(?:.*;|.*\\n[\\s\\S]*?\\n\\1\\};?)$`,
    'gm',
  );

/**
 * Leaves parts out of a library's file. Each must be found where it was, or the build stops: a new version is to be
 * looked at.
 * @throws Stop naming the part that is not there.
 */
export function leaveOut(path: string, code: string, { exports, members, swaps = [] }: LeftOut): string {
  const gone = (what: string | RegExp): Stop => new Stop(`${path} has no ${what} where it was`);
  if (exports !== undefined) {
    const names = words(exports);
    for (const name of names) if (!new RegExp(`\\b${name}\\b`).test(code)) throw gone(name);
    return names.map((name) => `export const ${name} = undefined;`).join('\n');
  }
  const parts = [...words(members).map((name) => [memberNamed(name), ''] as const), ...swaps];
  return parts.reduce((left, [from, to]) => {
    const right = left.replaceAll(from, to);
    if (right === left) throw gone(from);
    return right;
  }, code);
}

/** Bundles libraries without these parts. A file that no bundle asks for is not looked at. */
export const leavingOut = (files: LeftOutOf): Plugin => ({
  name: 'leave-out',
  transform: {
    filter: { id: /\/node_modules\// },
    handler: (code, id) => {
      const path = id.replace(/^.*\/node_modules\//, '');
      const parts = files[path];
      return parts === undefined ? null : { code: leaveOut(path, code, parts), map: null };
    },
  },
});
