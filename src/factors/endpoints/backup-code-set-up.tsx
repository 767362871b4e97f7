import { inGroupsOfFour } from '../../kernel/crockford.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { requireRecentFactor } from '../../signin/endpoints/recent-factor.ts';
import { refreshOthers } from '../../signin/endpoints/refresh-others.ts';
import { requireSignedIn, type SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import {
  BackupCodesIntroPage,
  BackupCodesPage,
  DeleteCodesPage,
  RegenerateCodesPage,
} from '../pages/backup-codes.tsx';
import { CODES_DRAFT, openCodes, sealCodes } from './backup-codes-draft.ts';
import {
  afterSetUp,
  eventOf,
  methodAdded,
  passwordFirst,
  requireSettingUp,
  requireSetUp,
  tellAboutFactor,
} from './set-up.ts';

/** Fresh codes while they wait to be seen, whatever else is asked for; else what backup codes are. */
export const showBackupCodes: Act = async (visit) => {
  const signedIn = await requireSettingUp(visit);
  if (signedIn instanceof Response) return signedIn;
  const { state } = signedIn;
  const app = await appOf(visit);
  const codes = await openCodes(signedIn);
  if (codes !== null) {
    const shown = codes.map(inGroupsOfFour);
    return show(visit, { app }, <BackupCodesPage page={pageOf(visit, { app, state })} codes={shown} />);
  }
  const first = await passwordFirst(signedIn);
  if (first !== null) return first;
  if (state.facts.methods.includes('backup_codes')) return go(visit, '/backup_code_regenerate');
  return show(visit, { app }, <BackupCodesIntroPage page={pageOf(visit, { app, state })} />);
};

/** Makes ten codes, keeps them sealed in the session and shows them on a page that may be reloaded (BC-1). */
export const makeBackupCodes: Act = (arrived) =>
  withForm(arrived, async (_form, visit) => {
    const signedIn = await requireSetUp(visit);
    if (signedIn instanceof Response) return signedIn;
    const { state } = signedIn;
    if (state.facts.methods.includes('backup_codes')) return go(visit, '/backup_code_regenerate');
    const event = { ...eventOf(visit, 'backup_codes_added'), session: signedIn.handle.locator };
    const codes = await visit.hall.factors.replaceBackupCodes(state.account, event, false);
    if (codes.length === 0) return go(visit, '/?timeout=session');
    return methodAdded(visit, signedIn, {
      kind: 'backup_codes',
      factor: null,
      method: 'backup_code',
      name: null,
      changes: [{ kind: 'draft', name: CODES_DRAFT, value: await sealCodes(signedIn, codes) }],
      next: '/backup_code_setup',
    });
  });

/** The codes were saved: they are forgotten here, and the person goes on. */
export const codesSaved: Act = (arrived) =>
  withForm(
    arrived,
    async (_form, visit) => {
      const signedIn = await requireSettingUp(visit, '/backup_code_setup');
      if (signedIn instanceof Response) return signedIn;
      const { state, handle } = signedIn;
      await visit.hall.sessions.change(handle, visit.now, [
        { kind: 'draft', name: CODES_DRAFT, value: null },
      ]);
      return go(visit, afterSetUp(state.facts.methods, state.setUps));
    },
    '/backup_code_setup',
  );

/** A signed-in person who has backup codes and used a second factor recently (RA-1). */
async function requireOwner(visit: Visit): Promise<SignedIn | Response> {
  const signedIn = await requireSignedIn(visit);
  if (signedIn instanceof Response) return signedIn;
  if (!signedIn.state.facts.methods.includes('backup_codes')) return go(visit, '/backup_code_setup');
  return requireRecentFactor(visit, signedIn) ?? signedIn;
}

/** BC-3: asks before replacing. */
export const askRegenerate: Act = async (visit) => {
  const owner = await requireOwner(visit);
  if (owner instanceof Response) return owner;
  return show(visit, {}, <RegenerateCodesPage page={pageOf(visit, { state: owner.state })} />);
};

/** BC-3: ten new codes; the old ones and remembered devices are void. */
export const regenerateCodes: Act = (arrived) =>
  withForm(arrived, async (_form, visit) => {
    const owner = await requireOwner(visit);
    if (owner instanceof Response) return owner;
    const { hall, now } = visit;
    const event = { ...eventOf(visit, 'backup_codes_added'), session: owner.handle.locator };
    const codes = await hall.factors.replaceBackupCodes(owner.state.account, event, true);
    if (codes.length === 0) return go(visit, '/?timeout=session');
    const value = await sealCodes(owner, codes);
    await hall.sessions.change(owner.handle, now, [{ kind: 'draft', name: CODES_DRAFT, value }]);
    hall.after(tellAboutFactor(owner, 'factor-added', 'backup_codes', null));
    return go(visit, '/backup_code_setup');
  });

/** BC-3: asks before deleting. */
export const askDelete: Act = async (visit) => {
  const owner = await requireOwner(visit);
  if (owner instanceof Response) return owner;
  return show(visit, {}, <DeleteCodesPage page={pageOf(visit, { state: owner.state })} />);
};

/** MM-2, BC-3: deletes all codes unless they are the last method. */
export const deleteCodes: Act = (arrived) =>
  withForm(arrived, async (_form, visit) => {
    const owner = await requireOwner(visit);
    if (owner instanceof Response) return owner;
    const { hall, now, c } = visit;
    const { state, handle } = owner;
    const t = translator(c.get('locale'));
    // The database has the last word: another session may have removed what this one takes for another method.
    const event = { ...eventOf(visit, 'backup_codes_removed'), session: handle.locator };
    if (!(await hall.factors.deleteBackupCodes(state.account, event))) {
      flashNext(visit, { type: 'error', text: t('factors.codes.last_method') });
      return go(visit, '/account');
    }
    const methods = await hall.factors.kinds(state.account);
    const facts = { kind: 'facts', facts: { methods } } as const;
    await hall.sessions.change(handle, now, [facts]);
    hall.after(refreshOthers(visit, state.account, [facts]));
    hall.after(tellAboutFactor(owner, 'factor-removed', 'backup_codes', null));
    flashNext(visit, { type: 'success', text: t('factors.codes.deleted') });
    return go(visit, '/account');
  });
