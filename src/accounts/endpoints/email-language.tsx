import { isLocale } from '../../kernel/locale.ts';
import { withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { go } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { EmailLanguagePage } from '../pages/emails.tsx';
import { accountPage, changeEverywhere, signedIn } from './signed-in.ts';

/** EM-6: the language of messages. */
export const showEmailLanguage = signedIn((found) =>
  accountPage(found, (page) => <EmailLanguagePage page={page} locale={found.state.facts.emailLocale} />),
);

/** Stores the chosen language, here and in every session. */
export const chooseEmailLanguage = signedIn((found) =>
  withForm(found.visit, async (form) => {
    const { visit, state } = found;
    const t = translator(visit.c.get('locale'));
    const chosen = form.get('email_language') ?? '';
    if (!isLocale(chosen)) {
      const error = t('accounts.email_language.choose');
      const draw = (page: Parameters<typeof EmailLanguagePage>[0]['page']) => (
        <EmailLanguagePage page={page} locale={state.facts.emailLocale} error={error} />
      );
      return accountPage(found, draw, { status: 422 });
    }
    await visit.hall.accounts.setEmailLocale(state.account, chosen);
    await changeEverywhere(found, [{ kind: 'facts', facts: { emailLocale: chosen } }]);
    flashNext(visit, { type: 'success', text: t('accounts.email_language.done') });
    return go(visit, '/account');
  }),
);
