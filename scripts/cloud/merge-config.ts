import { resolve } from 'node:path';
import { isRecord } from '../support/record.ts';
import type { Environment, EnvironmentFile } from './environment-file.ts';

type Table = Readonly<Record<string, unknown>>;

const tables = (value: unknown): readonly Table[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** The host for government ID cards, where it is one name; names under `*.` are a route of the zone, made by hand. */
const cardHost = ({ vars: { PIV_HOST = '' } }: EnvironmentFile): readonly string[] =>
  PIV_HOST === '' || PIV_HOST.startsWith('*.') ? [] : [PIV_HOST];

/**
 * wrangler.toml (as parsed) with one environment's real addresses and ids in place of its placeholders and the other
 * environments left out. Paths become absolute, because the result is written elsewhere.
 */
export function mergeConfig(
  toml: Table,
  environment: Environment,
  file: EnvironmentFile,
  project: string,
): Table {
  const all = isRecord(toml.env) ? toml.env : {};
  const section = all[environment];
  if (!isRecord(section)) throw new Error(`wrangler.toml has no [env.${environment}]`);
  const assets = isRecord(toml.assets) ? toml.assets : {};
  return {
    ...toml,
    ...(file.account_id === undefined ? {} : { account_id: file.account_id }),
    main: resolve(project, String(toml.main)),
    assets: { ...assets, directory: resolve(project, String(assets.directory)) },
    env: {
      [environment]: {
        ...section,
        ...(section.main === undefined ? {} : { main: resolve(project, String(section.main)) }),
        ...(isRecord(section.build) ? { build: { ...section.build, cwd: project } } : {}),
        routes: [new URL(file.issuer).hostname, ...cardHost(file)].map((pattern) => ({
          pattern,
          custom_domain: true,
        })),
        d1_databases: tables(section.d1_databases).map((database) => ({
          ...database,
          migrations_dir: resolve(project, String(database.migrations_dir ?? 'migrations')),
          ...(file.d1_database_id === undefined ? {} : { database_id: file.d1_database_id }),
        })),
        kv_namespaces: tables(section.kv_namespaces).map((namespace) => ({
          ...namespace,
          ...(file.kv_namespace_id === undefined ? {} : { id: file.kv_namespace_id }),
        })),
        vars: {
          ...(isRecord(section.vars) ? section.vars : {}),
          ...file.vars,
          GH_ENV: environment,
          ISSUER: file.issuer,
          MAIL_FROM: file.mail_from,
          ...(file.brand === undefined ? {} : { BRAND: file.brand }),
          JURISDICTION: file.jurisdiction ?? '',
        },
      },
    },
  };
}
