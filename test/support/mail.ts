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

/** Mail goes out after the response; on a busy machine that may be long after. */
const LONGEST_WAIT_MS = 20_000;

/** Reads an address until `pick` finds what it looks for; throws when that does not come. */
async function awaitMail<T>(
  worker: Served,
  address: string,
  wanted: string,
  pick: (mails: readonly Mail[]) => T | undefined,
): Promise<T> {
  for (const end = Date.now() + LONGEST_WAIT_MS; ; ) {
    const mails = await mailsTo(worker, address);
    const found = pick(mails);
    if (found !== undefined) return found;
    if (Date.now() > end) {
      const got = mails.map(({ subject }) => subject).join(' / ');
      throw new Error(`${address} got ${mails.length} messages, not ${wanted}: ${got}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The newest of at least `count` messages. Where others are on their way to the address, `mailAbout` tells them apart. */
export const newestMail = (worker: Served, address: string, count = 1): Promise<Mail> =>
  awaitMail(worker, address, `${count}`, (mails) => (mails.length >= count ? mails.at(-1) : undefined));

/** The newest message with this subject, whatever else was sent before and after. */
export const mailAbout = (worker: Served, address: string, subject: string): Promise<Mail> =>
  awaitMail(worker, address, `"${subject}"`, (mails) => mails.findLast((mail) => mail.subject === subject));

/** Path and query of the newest of at least `count` mailed links to this page, whatever else was sent before and after. */
export const mailedLink = (worker: Served, address: string, page: string, count = 1): Promise<string> =>
  awaitMail(worker, address, `${count} with a link to ${page}`, (mails) => {
    const found = mails.filter(({ links }) => links.some((link) => leadsTo(link, page)));
    const newest = found.at(-1);
    return newest === undefined || found.length < count ? undefined : linkIn(newest, page);
  });

const leadsTo = (link: string, page: string): boolean => {
  const { origin, pathname } = new URL(link);
  return origin === ORIGIN && pathname.endsWith(page);
};

/** Path and query of the link in a message that leads to this page. */
export function linkIn(mail: Mail, page: string): string {
  const found = mail.links.find((link) => leadsTo(link, page));
  if (found === undefined)
    throw new Error(`no link to ${page} in "${mail.subject}": ${mail.links.join(' ')}`);
  const { pathname, search } = new URL(found);
  return `${pathname}${search}`;
}
