import type { HelpNode } from '../../apps/help-html.ts';
import { helpFor } from '../../apps/help-text.ts';
import { type App, displayName, type HelpContext } from '../../apps/model.ts';
import { catalogue } from '../../ui/index.ts';
import { localPath, type Visit } from './visit.tsx';

/** The app's help text for one of our pages, with its placeholders filled (AP-3); empty without app or text. */
export function appHelp(visit: Visit, app: App | null, context: HelpContext): readonly HelpNode[] {
  if (app === null) return [];
  const link =
    visit.request === null ? '/sign_up/enter_email' : `/sign_up/enter_email?request_id=${visit.request.id}`;
  const locale = visit.c.get('locale');
  const variables = {
    sp_name: displayName(app),
    sp_create_link: localPath(visit, link),
    app_name: visit.hall.site.brand,
  };
  const words: Readonly<Record<string, string>> = catalogue(locale);
  return helpFor(
    app.help_text,
    context,
    locale,
    variables,
    (...name) => words[`help.${name.join('.')}`] ?? '',
  );
}
