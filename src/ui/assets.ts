import { assetVersions } from './asset-versions.ts';

export type AssetName = keyof typeof assetVersions;

/** A script a page may ask for besides the one every page carries. */
export type ScriptName = AssetName extends infer A ? (A extends `js/${infer Name}.js` ? Name : never) : never;

/** The address of a static file. The version changes with its content, so it may be cached for ever. */
export const assetUrl = (name: AssetName): string => `/static/${name}?v=${assetVersions[name]}`;

/** The address of a script by its short name. */
export const scriptUrl = (name: ScriptName): string => assetUrl(`js/${name}.js`);

/** Data that the Worker itself reads from the static files. */
export type DataFile = Extract<AssetName, `${string}.json`>;

/** The name of a data file under `/static`, with the version before its extension. */
export const versionedName = (name: string, version: string): string =>
  name.replace(/\.json$/, `.${version}.json`);

/**
 * The path of a data file. Its name holds the version, so that a Worker can only ever read what it was built with,
 * whichever deployment's files answer.
 */
export const dataFilePath = (name: DataFile): string => `/static/${versionedName(name, assetVersions[name])}`;

/** Reads one of our own static files by its path. Rejects, or answers with another status than 200, when it cannot. */
export type ReadFile = (path: string) => Promise<Response>;
