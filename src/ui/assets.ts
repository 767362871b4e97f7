import { assetVersions } from './asset-versions.ts';

export type AssetName = keyof typeof assetVersions;

/** A script a page may ask for besides the one every page carries. */
export type ScriptName = AssetName extends infer A ? (A extends `js/${infer Name}.js` ? Name : never) : never;

/** The address of a static file. The version changes with its content, so it may be cached for ever. */
export const assetUrl = (name: AssetName): string => `/static/${name}?v=${assetVersions[name]}`;

/** The address of a script by its short name. */
export const scriptUrl = (name: ScriptName): string => assetUrl(`js/${name}.js`);
