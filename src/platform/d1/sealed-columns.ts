import { fromUtf8 } from '../../kernel/bytes.ts';
import type { Keyholder, SealPurpose } from '../keys/keyholder.ts';
import { resealPassword } from '../passwords.ts';
import { placeOfDevice, placeOfEvent } from './places.ts';

/** A row as the re-sealing job reads it; only this project's own tables, so columns are what the migrations say. */
export type SealedRow = Readonly<Record<string, string | number | null>>;

/** One column that holds sealed text, and how to know whose it is. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The primary key, in the order of its index. */
  readonly key: readonly string[];
  /** Other columns its context is made of. */
  readonly also: readonly string[];
  /** The columns as they should be stored now; null when the value does not open. */
  readonly reseal: (keys: Keyholder, row: SealedRow) => Promise<Readonly<Record<string, string>> | null>;
}

const text = (row: SealedRow, column: string): string => String(row[column] ?? '');

type Context = (row: SealedRow) => { readonly owner: string; readonly record: string };
type Beside = (keys: Keyholder, plain: string) => Readonly<Record<string, string>>;

/** A column sealed for one purpose; `beside` are digests of the same value, which move to the new root with it. */
const sealed = (
  place: Pick<SealedColumn, 'table' | 'column' | 'key' | 'also'>,
  purpose: SealPurpose,
  context: Context,
  beside: Beside = () => ({}),
): SealedColumn => ({
  ...place,
  async reseal(keys, row) {
    const at = context(row);
    const plain = await keys.open(purpose, at, text(row, place.column));
    if (plain === null) return null;
    const more = beside(keys, fromUtf8(plain) ?? '');
    return { [place.column]: await keys.seal(purpose, at, plain), ...more };
  },
});

const account: Context = (row) => ({ owner: text(row, 'account'), record: text(row, 'id') });

/** Every column of the database that holds sealed text; a test fails when one is missing. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  {
    table: 'accounts',
    column: 'password',
    key: ['uuid'],
    also: [],
    async reseal(keys, row) {
      const password = await resealPassword(keys, text(row, 'uuid'), text(row, 'password'));
      return password === null ? null : { password };
    },
  },
  sealed(
    { table: 'emails', column: 'address', key: ['id'], also: ['account'] },
    'email',
    account,
    (keys, plain) => ({
      fingerprint: keys.fingerprint('email', plain),
    }),
  ),
  sealed({ table: 'factors', column: 'secret', key: ['id'], also: ['account'] }, 'factor', account),
  sealed({ table: 'factors', column: 'name', key: ['id'], also: ['account'] }, 'factor', (row) => ({
    owner: text(row, 'account'),
    record: `${text(row, 'id')}/name`,
  })),
  sealed({ table: 'profiles', column: 'sealed', key: ['id'], also: ['account'] }, 'profile', account),
  sealed(
    { table: 'data_keys', column: 'wrapped', key: ['profile', 'kind', 'factor'], also: ['account'] },
    'data-key',
    (row) => ({
      owner: text(row, 'account'),
      record: [text(row, 'profile'), text(row, 'kind'), text(row, 'factor')].join('/'),
    }),
  ),
  sealed(
    { table: 'devices', column: 'last_place', key: ['id'], also: ['account', 'cookie'] },
    'device-place',
    (row) => ({ owner: text(row, 'account'), record: placeOfDevice(text(row, 'cookie')) }),
  ),
  sealed(
    { table: 'events', column: 'place', key: ['id'], also: ['account', 'kind', 'at'] },
    'device-place',
    (row) => ({ owner: text(row, 'account'), record: placeOfEvent(Number(row.kind), Number(row.at)) }),
  ),
  sealed({ table: 'messages', column: 'body', key: ['id'], also: [] }, 'message', (row) => ({
    owner: 'inbox',
    record: text(row, 'id'),
  })),
  sealed(
    { table: 'signing_keys', column: 'sealed', key: ['kid'], also: ['use', 'year'] },
    'signing-key',
    (row) => ({
      owner: row.use === 'saml' ? `saml/${text(row, 'year')}` : 'oidc',
      record: text(row, 'kid'),
    }),
  ),
];
