import { asObject, textOf } from './json.ts';
import type { Served } from './served.ts';

/** A text or a call as the sandbox inbox keeps it. */
export interface PhoneMessage {
  readonly channel: string;
  readonly text: string;
  /** The code in it; empty without one. */
  readonly code: string;
}

/** Everything sent to a number, oldest first. */
export async function sentTo(worker: Served, number: string): Promise<readonly PhoneMessage[]> {
  const answer = await worker.api('GET', `/api/sandbox/v1/messages?to=${encodeURIComponent(number)}`);
  const body: unknown = await answer.json();
  const list: readonly unknown[] = Array.isArray(body) ? body : [];
  return list.map((item) => {
    const message = asObject(item);
    const code = typeof message.code === 'string' ? message.code : '';
    return { channel: textOf(message, 'channel'), text: textOf(message, 'text'), code };
  });
}

/** The newest message to a number; throws when there are fewer than `count`. */
export async function newestText(worker: Served, number: string, count = 1): Promise<PhoneMessage> {
  const all = await sentTo(worker, number);
  const newest = all.at(-1);
  if (newest === undefined || all.length < count)
    throw new Error(`${number} got ${all.length} of ${count} messages`);
  return newest;
}

/** Six digits that are not this code. */
export const notThis = (code: string): string => (code === '000000' ? '000001' : '000000');
