import type { EventKind } from '../../accounts/model.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { requireRecentFactor } from '../../signin/endpoints/recent-factor.ts';
import { requireSignedIn, type SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { profileOf, shownEmail } from '../../signin/endpoints/session-profile.ts';
import { pageOf, type Showing, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import { type Markup, type Page, translator } from '../../ui/index.ts';
import type { FactorKind } from '../model.ts';
import { KeepFactorPage, METHODS } from '../pages/manage.tsx';
import { checkRemoval, type RemovalRefusal } from '../remove-factor.ts';
import { type OwnFactor, ownFactor, removeOwn, renameOwn } from './own-factor.ts';

/** What the pages of one method work on; `held` is the method as its own table has it. */
export interface Managed<T> extends OwnFactor {
  readonly held: T;
}

/** RA-1, and an ordinary 404 for what is not this person's own. `find` brings what the kind's own table has of it. */
export const managing =
  <T,>(
    kinds: readonly FactorKind[],
    find: (visit: Visit, account: string, id: string) => Promise<T | undefined>,
  ) =>
  (act: (own: Managed<T>) => Promise<Response>): Act =>
  async (visit) => {
    const signedIn = await requireSignedIn(visit);
    if (signedIn instanceof Response) return signedIn;
    const asked = requireRecentFactor(visit, signedIn, 'manage');
    if (asked !== null) return asked;
    const { hall, c } = visit;
    const { account } = signedIn.state;
    const id = c.req.param('id') ?? '';
    const [overview, held] = await Promise.all([hall.accounts.overview(account), find(visit, account, id)]);
    const own = ownFactor(signedIn, overview, kinds, id);
    return own === null || held === undefined ? c.notFound() : act({ ...own, held });
  };

/** Draws a page about one of this person's methods. */
export async function managePage(
  { visit, handle, state }: SignedIn,
  draw: (page: Page) => Markup,
  status: NonNullable<Showing['status']> = 200,
): Promise<Response> {
  const [app, profile] = await Promise.all([appOf(visit), profileOf(visit, handle, state)]);
  const showing: Showing = { app, state, email: shownEmail(profile, state), status };
  return show(visit, showing, draw(pageOf(visit, showing)));
}

/** Back to the list of methods, where this is said. */
export function managed(visit: Visit, key: ManagedKey): Response {
  flashNext(visit, { type: 'success', text: translator(visit.c.get('locale'))(key) });
  return go(visit, METHODS);
}
type ManagedKey =
  | 'accounts.remove_auth_app.done'
  | 'accounts.remove_key.done'
  | 'phone.manage.saved'
  | 'phone.remove.done'
  | 'piv.remove.done'
  | 'webauthn.manage.renamed'
  | 'webauthn.remove.done';

/** MM-1: takes another name from the form, or draws the page again with what is wrong with it. */
export const renaming = (
  own: OwnFactor,
  draw: (page: Page, refused: { readonly name: string; readonly error: string }) => Markup,
): Promise<Response> =>
  withForm(own.signedIn.visit, async (form) => {
    const { visit } = own.signedIn;
    const typed = form.get('name') ?? '';
    const renamed = await renameOwn(own, typed);
    if (renamed.ok) return managed(visit, 'webauthn.manage.renamed');
    const { reason } = renamed.error;
    const error = translator(visit.c.get('locale'))(
      `factors.nickname.${reason === 'gone' ? 'taken' : reason}`,
    );
    return managePage(own.signedIn, (page) => draw(page, { name: typed.slice(0, 200), error }), 422);
  });

const keep = ({ signedIn }: OwnFactor, { reason }: RemovalRefusal): Promise<Response> =>
  managePage(signedIn, (page) => <KeepFactorPage page={page} reason={reason} />, 409);

/** MM-2, MM-3: asks before it is removed, or says why it has to stay. */
export function askRemoval(own: OwnFactor, draw: (page: Page) => Markup): Promise<Response> {
  const checked = checkRemoval(own.methods, own.factor.id);
  return checked.ok ? managePage(own.signedIn, draw) : keep(own, checked.error);
}

/** MM-3: removes it, and says so; `name` is how its owner knows it, null when it has none. */
export const removing = (
  own: OwnFactor,
  {
    event,
    name,
    done,
  }: { readonly event: EventKind; readonly name: string | null; readonly done: ManagedKey },
): Promise<Response> =>
  withForm(own.signedIn.visit, async () => {
    const removed = await removeOwn(own, event, name);
    return removed.ok ? managed(own.signedIn.visit, done) : keep(own, removed.error);
  });
