import * as v from 'valibot';

/** The environments that live at Cloudflare; the laptop is not one of them. */
export const ENVIRONMENTS = ['sandbox', 'staging', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** Whether a word names an environment. */
export const isEnvironment = (word: string): word is Environment => ENVIRONMENTS.some((one) => one === word);

const Uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a D1 database id'),
);

/** What an operator says about one environment, in `deploy/<environment>.json`; committed, never secret. */
const EnvironmentFileSchema = v.strictObject({
  issuer: v.pipe(
    v.string(),
    v.regex(
      /^https:\/\/[a-z0-9.-]+\/$/,
      'must be https://, a host name and a single slash: https://idp.agency.gov/',
    ),
  ),
  mail_from: v.pipe(v.string(), v.regex(/^[^\s@<>]+@[^\s@<>]+$/, 'must be one e-mail address')),
  brand: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(60))),
  /** Where data may rest; fixed when the database is made. Null is wherever Cloudflare likes. */
  jurisdiction: v.optional(v.nullable(v.picklist(['us', 'eu', 'fedramp'])), 'us'),
  account_id: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, 'must be a Cloudflare account id'))),
  /** Written by the first deploy. */
  d1_database_id: v.optional(Uuid),
  /** Written by the first deploy. */
  kv_namespace_id: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, 'must be a KV namespace id'))),
  /** Further variables of the Worker, overriding wrangler.toml. */
  vars: v.optional(v.record(v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]*$/)), v.string()), {}),
});

export type EnvironmentFile = v.InferOutput<typeof EnvironmentFileSchema>;

/** Reads the text of `deploy/<environment>.json`: the settings, or a sentence per mistake. */
export function readEnvironmentFile(
  text: string,
):
  | { readonly ok: true; readonly file: EnvironmentFile }
  | { readonly ok: false; readonly mistakes: readonly string[] } {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { ok: false, mistakes: ['it is not JSON'] };
  }
  const result = v.safeParse(EnvironmentFileSchema, body);
  if (result.success) return { ok: true, file: result.output };
  return {
    ok: false,
    mistakes: result.issues.map((issue) => `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`),
  };
}

/** What to write when an environment has no file yet. */
export const starterFile = (environment: Environment): string =>
  `${JSON.stringify(
    {
      issuer: `https://${environment}.idp.example/`,
      mail_from: `no-reply@${environment}.idp.example`,
      jurisdiction: 'us',
    },
    null,
    2,
  )}\n`;
