import { and, desc, eq, gt, lt } from 'drizzle-orm';
import { fromUtf8, toHex } from '../../kernel/bytes.ts';
import type { Clock, RandomBytes } from '../../kernel/ports.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { Message, SendMessage } from '../../notices/model.ts';
import { messages } from '../../notices/tables.ts';
import type { Messages, StoredMessage } from '../../sandbox/ports.ts';
import { queryBuilder } from '../d1/database.ts';
import type { Keyholder } from '../keys/keyholder.ts';

/** Most messages one question may ask for. */
const MAX_LIST = 500;
/** Owner of every sealed message: they belong to the test inbox, not to an account. */
const OWNER = 'inbox';

type Row = typeof messages.$inferSelect;
type Body = Omit<Message, 'channel'>;

/** The test inbox: it sends by keeping. */
export interface Inbox extends Messages {
  readonly send: SendMessage;
  /** Deletes what was sent before an instant; returns nothing. */
  readonly prune: (before: EpochMs) => Promise<void>;
}

/**
 * Mail for environments that must not reach anybody: messages are kept in D1, sealed, findable by a keyed digest of
 * the recipient. Ids sort by time, so messages of one millisecond keep their order.
 */
export function createInbox(db: D1Database, keys: Keyholder, clock: Clock, random: RandomBytes): Inbox {
  const rows = queryBuilder(db);
  let sequence = 0;
  const nextId = (now: EpochMs): string => {
    sequence = (sequence + 1) % 0x1_0000;
    const time = now.toString(16).padStart(12, '0');
    return `${time}-${sequence.toString(16).padStart(4, '0')}-${toHex(random(10))}`;
  };
  const open = async (row: Row): Promise<StoredMessage | null> => {
    const plain = await keys.open('message', { owner: OWNER, record: row.id }, row.body);
    const body = plain === null ? null : readBody(fromUtf8(plain));
    return body === null ? null : { id: row.id, channel: row.channel, sentAt: row.sentAt, ...body };
  };
  return {
    async send(message) {
      const sentAt = clock();
      const id = nextId(sentAt);
      const { channel, to, subject, text, html, code } = message;
      const body: Body = { to, subject, text, html, code };
      const sealed = await keys.seal('message', { owner: OWNER, record: id }, JSON.stringify(body));
      await rows
        .insert(messages)
        .values({ id, channel, recipient: recipientOf(keys, to), body: sealed, sentAt });
    },
    async list({ to, after, limit }) {
      const found = await rows
        .select()
        .from(messages)
        .where(
          and(
            to === null ? undefined : eq(messages.recipient, recipientOf(keys, to)),
            after === null ? undefined : gt(messages.sentAt, after),
          ),
        )
        .orderBy(desc(messages.sentAt), desc(messages.id))
        .limit(Math.max(1, Math.min(limit, MAX_LIST)))
        .all();
      const opened = await Promise.all(found.reverse().map(open));
      return opened.filter((message) => message !== null);
    },
    async get(id) {
      const row = await rows.select().from(messages).where(eq(messages.id, id)).get();
      return row === undefined ? null : open(row);
    },
    async clear() {
      await rows.delete(messages);
    },
    async prune(before) {
      await rows.delete(messages).where(lt(messages.sentAt, before));
    },
  };
}

const recipientOf = (keys: Keyholder, to: string): string =>
  keys.fingerprint('recipient', to.trim().toLowerCase());

/** What `send` wrote, checked again: rows may be older than this code. */
function readBody(text: string | null): Body | null {
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return null;
  const field = (name: string): string => {
    const held: unknown = Reflect.get(value, name);
    return typeof held === 'string' ? held : '';
  };
  const code: unknown = Reflect.get(value, 'code');
  return {
    to: field('to'),
    subject: field('subject'),
    text: field('text'),
    html: field('html'),
    code: typeof code === 'string' ? code : null,
  };
}
