import type { SessionChange } from '../../sessions/model.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { refreshOthers } from '../../signin/endpoints/refresh-others.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { WebauthnMismatchPage } from '../pages/webauthn-set-up.tsx';
import type { HeldCredential, WebauthnKind } from '../webauthn/model.ts';
import { afterSetUp, eventOf, requireSettingUp, tellAboutFactor } from './set-up.ts';

const DRAFT = 'webauthn-mismatch';
const dropDraft = { kind: 'draft', name: DRAFT, value: null } as const;

/** Keeps in the session which factor turned out to be of the other kind (WA-2). */
export const mismatchDraft = async (
  { visit, handle, state }: SignedIn,
  factor: string,
): Promise<SessionChange> => ({
  kind: 'draft',
  name: DRAFT,
  value: await visit.hall.sessions.sealDraft(handle, state, DRAFT, factor),
});

/** Names of the events in which a credential goes. */
export const REMOVED_EVENT = {
  security_key: 'webauthn_key_removed',
  platform_passkey: 'webauthn_platform_removed',
} as const;

async function pending(visit: Visit): Promise<{ signedIn: SignedIn; held: HeldCredential } | Response> {
  const signedIn = await requireSettingUp(visit, '/webauthn_setup_mismatch');
  if (signedIn instanceof Response) return signedIn;
  const { handle, state } = signedIn;
  const factor = await visit.hall.sessions.openDraft(handle, state, DRAFT);
  const credentials = factor === null ? [] : await visit.hall.factors.webauthnCredentials(state.account);
  const held = credentials.find((one) => one.factor === factor);
  return held === undefined ? go(visit, '/continue') : { signedIn, held };
}

/** WA-2: says what was made instead of what was asked for. */
export const showMismatch: Act = async (visit) => {
  const found = await pending(visit);
  if (found instanceof Response) return found;
  const { signedIn, held } = found;
  const app = await appOf(visit);
  const told = pageOf(visit, { app, state: signedIn.state });
  return show(visit, { app }, <WebauthnMismatchPage page={told} kind={held.kind} />);
};

const otherKind = (kind: WebauthnKind): WebauthnKind =>
  kind === 'platform_passkey' ? 'security_key' : 'platform_passkey';

/** WA-2: keep it as it is, or take it back and try again. */
export const answerMismatch: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    const found = await pending(visit);
    if (found instanceof Response) return found;
    const { signedIn, held } = found;
    const { hall, now } = visit;
    const { handle, state } = signedIn;
    const asked = otherKind(held.kind);
    if (form.get('choice') !== 'retry') {
      const open = state.setUps.filter((kind) => kind !== asked);
      await hall.sessions.change(handle, now, [dropDraft, { kind: 'set-ups', kinds: open }]);
      return go(visit, afterSetUp(state.facts.methods, open));
    }
    // It was added a moment ago on this page's way: taking it back may leave the account as it was, without any method.
    await hall.factors.remove(state.account, held.factor, eventOf(visit, REMOVED_EVENT[held.kind]), true);
    const facts = { kind: 'facts', facts: { methods: await hall.factors.kinds(state.account) } } as const;
    await hall.sessions.change(handle, now, [dropDraft, facts]);
    hall.after(refreshOthers(visit, state.account, [facts]));
    hall.after(tellAboutFactor(signedIn, 'factor-removed', held.kind, held.name));
    flashNext(visit, { type: 'info', text: translator(visit.c.get('locale'))('webauthn.mismatch.removed') });
    return go(visit, asked === 'platform_passkey' ? '/webauthn_setup?platform=true' : '/webauthn_setup');
  });
