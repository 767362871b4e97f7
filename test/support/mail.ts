import { asObject, textOf } from './json.ts';
import { ORIGIN, type Served } from './served.ts';

/** A message as the sandbox inbox keeps it. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly links: readonly string[];
}

/** Everything mailed to an address, oldest first. */
export async function mailsTo(worker: Served, address: string): Promise<readonly Mail[]> {
  const answer = await worker.api('GET', `/api/sandbox/v1/messages?to=${encodeURIComponent(address)}`);
  const body: unknown = await answer.json();
  const list: readonly unknown[] = Array.isArray(body) ? body : [];
  return list.map((item) => {
    const message = asObject(item);
    const links = Array.isArray(message.links)
      ? message.links.filter((link) => typeof link === 'string')
      : [];
    return { subject: textOf(message, 'subject'), text: textOf(message, 'text'), links };
  });
}

/** The newest of at least `count` messages: mail goes out after the response, so it may take a moment. */
export async function newestMail(worker: Served, address: string, count = 1): Promise<Mail> {
  for (let tries = 0; tries < 100; tries += 1) {
    const mails = await mailsTo(worker, address);
    const newest = mails.at(-1);
    if (newest !== undefined && mails.length >= count) return newest;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const got = (await mailsTo(worker, address)).map(({ subject }) => subject);
  throw new Error(`${address} got ${got.length} of ${count} messages: ${got.join(' / ')}`);
}

/** Path and query of the link in a message that leads to this page. */
export function linkIn(mail: Mail, page: string): string {
  const found = mail.links
    .map((link) => new URL(link))
    .find((url) => url.origin === ORIGIN && url.pathname.endsWith(page));
  if (found === undefined)
    throw new Error(`no link to ${page} in "${mail.subject}": ${mail.links.join(' ')}`);
  return `${found.pathname}${found.search}`;
}
