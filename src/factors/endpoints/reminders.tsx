import type { AccountFacts } from '../../sessions/model.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { standing } from '../../signin/endpoints/current-step.ts';
import {
  isPastFactor,
  requirePassword,
  requireSignedIn,
  type SignedIn,
} from '../../signin/endpoints/require-signed-in.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import type { Step } from '../../signin/model.ts';
import type { Page } from '../../ui/index.ts';
import {
  BackupCodeReminderPage,
  OnlyBackupCodesPage,
  SecondMethodPage,
  SecondMethodReminderPage,
} from '../pages/reminders.tsx';
import { BACKUP_CODES, holdsOne, type Reminder, SECOND_METHOD } from '../reminder-due.ts';

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

const holdsOneKind = ({ state }: SignedIn): boolean => state.facts.methods.length === 1;

/** Steps that come after the reminders (RT-1, 14 and 16): somebody with another before them is reminded later. */
const AFTERWARDS: ReadonlySet<Step['kind']> = new Set(['proofing', 'consent', 'continue-as', 'grant']);

/** RT-2: a reminder, when it is its turn; shown, the session notes it, so that nobody is sent here twice. */
const remind =
  (what: Reminder, PagePart: PlainPage, fits: (facts: AccountFacts) => boolean): Act =>
  async (visit) => {
    const signedIn = await requireSignedIn(visit);
    if (signedIn instanceof Response) return signedIn;
    const { handle, state } = signedIn;
    const { app, step } = await standing(signedIn);
    if (!fits(state.facts) || !AFTERWARDS.has(step.kind)) return go(visit, '/continue');
    if (!state.reminded.includes(what))
      await visit.hall.sessions.change(handle, visit.now, [{ kind: 'reminded', what }]);
    return show(visit, { app }, <PagePart page={pageOf(visit, { app, state })} />);
  };

/** MC-4. */
export const suggestSecond = plain(requirePassword, SecondMethodPage, holdsOneKind);
/** MC-5. */
export const confirmBackupCodes = plain(requirePassword, OnlyBackupCodesPage, holdsOneKind);
/** RT-1 (12). */
export const remindOfSecond = remind(SECOND_METHOD, SecondMethodReminderPage, holdsOne);
/** RT-1 (13). */
export const remindOfCodes = remind(BACKUP_CODES, BackupCodeReminderPage, ({ methods }) =>
  methods.includes('backup_codes'),
);

/** RT-2: a reminder never blocks; a second method is declined for good, on every browser (DM-1). */
export const dismiss =
  (what: string): Act =>
  (arrived) =>
    withForm(arrived, async (_form, visit) => {
      const signedIn = await requirePassword(visit);
      if (signedIn instanceof Response) return signedIn;
      const { hall, now } = visit;
      const { handle, state } = signedIn;
      // The password alone decides nothing for good.
      const declined = what === SECOND_METHOD && isPastFactor(signedIn);
      if (declined) await hall.accounts.decline(state.account, 'second-method', now);
      await hall.sessions.change(handle, now, [
        { kind: 'reminded', what },
        ...(declined ? [{ kind: 'facts' as const, facts: { secondMethodDeclinedAt: now } }] : []),
      ]);
      return go(visit, '/continue');
    });
