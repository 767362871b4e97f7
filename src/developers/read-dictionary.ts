import * as v from 'valibot';
import type { ErrorGroup } from './errors.ts';

/** Made when it is needed: at module scope it would cost every start. */
const dictionaryFile = () =>
  v.array(
    v.object({
      id: v.string(),
      title: v.string(),
      where: v.string(),
      entries: v.array(
        v.object({
          id: v.string(),
          aliases: v.array(v.string()),
          message: v.string(),
          cause: v.string(),
          fix: v.string(),
        }),
      ),
    }),
  );

/** The error dictionary in a parsed static file. Throws when the file holds something else: then the build is broken. */
export const readDictionary = (file: unknown): readonly ErrorGroup[] => v.parse(dictionaryFile(), file);
