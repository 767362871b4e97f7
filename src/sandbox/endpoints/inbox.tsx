import type { Act } from '../../signin/endpoints/act.tsx';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { InboxPage, MessagePage } from '../pages/inbox.tsx';
import type { SandboxPorts } from '../ports.ts';

const SHOWN = 100;
const LONGEST_TO = 254;
const ID = /^[0-9a-f-]{8,64}$/;

/** The inbox and one message. Ids cannot be guessed, so a message is as private as its address. */
export function inboxActs({ hall, messages }: Pick<SandboxPorts, 'hall' | 'messages'>): {
  readonly showInbox: Act;
  readonly showMessage: Act;
} {
  // In a shared sandbox nobody should leaf through the mail of other teams: there an address is needed.
  const mayListAll = hall.site.environment !== 'sandbox';
  return {
    async showInbox(visit) {
      const to = (visit.c.req.query('to') ?? '').trim().slice(0, LONGEST_TO);
      const found =
        to === '' && !mayListAll
          ? null
          : await messages.list({ to: to === '' ? null : to, after: null, limit: SHOWN });
      const newestFirst = found === null ? null : [...found].reverse();
      return show(visit, {}, <InboxPage page={pageOf(visit, {})} to={to} messages={newestFirst} />);
    },
    async showMessage(visit) {
      const id = visit.c.req.param('id') ?? '';
      const message = ID.test(id) ? await messages.get(id) : null;
      if (message === null) return visit.c.notFound();
      return show(visit, {}, <MessagePage page={pageOf(visit, {})} message={message} />);
    },
  };
}
