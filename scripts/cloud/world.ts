import type { Run } from '../support/command.ts';

/** Everything a deploy touches, so that a test can stand in for all of it. */
export interface World {
  /** Runs `wrangler` with these arguments. */
  readonly wrangler: (args: readonly string[]) => ReturnType<Run>;
  /** Builds `dist/assets`; throws when that fails. */
  readonly buildAssets: () => Promise<void>;
  /** `git` with these arguments; standard output, trimmed, empty when it fails. */
  readonly git: (args: readonly string[]) => Promise<string>;
  /** Text of a file, or null. */
  readonly read: (path: string) => string | null;
  /** Writes a file and its folders; `secret` makes it readable by its owner only. */
  readonly write: (path: string, text: string, secret?: boolean) => void;
  readonly remove: (path: string) => void;
  /** A fresh secret: 32 random bytes in base64url. */
  readonly makeSecret: () => string;
  /** wrangler.toml as parsed. */
  readonly toml: () => Readonly<Record<string, unknown>>;
  /** Status and body of a GET without following redirects; null when nobody answers. */
  readonly get: (url: string) => Promise<{ readonly status: number; readonly body: string } | null>;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly say: (line: string) => void;
}

/** Where a deploy finds and puts things. */
export interface Places {
  readonly project: string;
  /** Folder outside the checkout that keeps the secrets this machine made, until the operator takes them offline. */
  readonly secretsFolder: string;
}
