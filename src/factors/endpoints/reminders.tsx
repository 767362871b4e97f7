import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { requirePassword, requireSignedIn, type SignedIn } from '../../signin/endpoints/hall.ts';
import { appOf, go, pageOf, show, type Visit } from '../../signin/endpoints/visit.tsx';
import type { Page } from '../../ui/index.ts';
import {
  BackupCodeReminderPage,
  OnlyBackupCodesPage,
  SecondMethodPage,
  SecondMethodReminderPage,
} from '../pages/reminders.tsx';
import { SECOND_METHOD } from '../reminder-due.ts';
import { declineSecond } from './declined-reminder.ts';

type PlainPage = (props: { page: Page }) => ReturnType<typeof SecondMethodPage>;

const plain =
  (
    require: (visit: Visit) => Promise<SignedIn | Response>,
    PagePart: PlainPage,
    fits: (held: SignedIn) => boolean,
  ): Act =>
  async (visit) => {
    const signedIn = await require(visit);
    if (signedIn instanceof Response) return signedIn;
    if (!fits(signedIn)) return go(visit, '/continue');
    const app = await appOf(visit);
    return show(visit, { app }, <PagePart page={pageOf(visit, { app, state: signedIn.state })} />);
  };

const holdsOne = ({ state }: SignedIn): boolean => state.facts.methods.length === 1;

/** MC-4. */
export const suggestSecond = plain(requirePassword, SecondMethodPage, holdsOne);
/** MC-5. */
export const confirmBackupCodes = plain(requirePassword, OnlyBackupCodesPage, holdsOne);
/** RT-1 (12). */
export const remindOfSecond = plain(requireSignedIn, SecondMethodReminderPage, holdsOne);
/** RT-1 (13). */
export const remindOfCodes = plain(requireSignedIn, BackupCodeReminderPage, ({ state }) =>
  state.facts.methods.includes('backup_codes'),
);

/** RT-2: a reminder is shown once in a session and never blocks; the second method is declined for good. */
export const dismiss =
  (what: string): Act =>
  (visit) =>
    withForm(visit, async () => {
      const signedIn = await requirePassword(visit);
      if (signedIn instanceof Response) return signedIn;
      if (what === SECOND_METHOD) declineSecond(visit, signedIn.state.account);
      await visit.hall.sessions.change(signedIn.handle, visit.now, [{ kind: 'reminded', what }]);
      return go(visit, '/continue');
    });
