import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Message } from './model.ts';

/** Mirrors migrations/0001: what a sandbox would have sent. Times are epoch milliseconds. */
export const messages = sqliteTable('messages', {
  id: text().primaryKey(),
  channel: text().$type<Message['channel']>().notNull(),
  recipient: text().notNull(),
  body: text().notNull(),
  sentAt: integer('sent_at').notNull(),
});
