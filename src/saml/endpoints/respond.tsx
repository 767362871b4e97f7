import type { App } from '../../apps/model.ts';
import type { Locale } from '../../kernel/locale.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { type AppContext, readVisit } from '../../signin/endpoints/visit.tsx';
import type { Site } from '../../signin/ports.ts';
import { ErrorPage } from '../../ui/error-page.tsx';
import { formActionSource, securityHeaders } from '../../ui/index.ts';
import { autoPostPage } from '../pages/auto-post.tsx';
import { SamlErrorPage } from '../pages/protocol-error.tsx';
import type { SamlPorts } from '../ports.ts';
import type { SamlError } from '../rules/errors.ts';
import { prefersJson } from '../rules/prefers-json.ts';

/** E1: nothing of this door is kept by anybody on the way. */
const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' } as const;

const wantsJson = (c: AppContext): boolean => prefersJson(c.req.header('accept'));

/** Z1, Z2: everything wrong with a request, on a page or as JSON, with status 400. */
export function refuse(c: AppContext, ports: SamlPorts, errors: readonly SamlError[]): Response {
  ports.log('saml_request_refused', { errors: errors.join(' '), request_id: c.get('requestId') });
  if (wantsJson(c)) return Response.json({ error: errors[0], errors }, { status: 400, headers: NO_STORE });
  const visit = readVisit(c, ports.hall);
  return show(
    visit,
    { status: 400 },
    <SamlErrorPage
      page={pageOf(visit, {})}
      errors={errors}
      docsUrl={ports.docsUrl}
      requestId={c.get('requestId')}
    />,
  );
}

/** E4: nothing is here: a year we do not serve, or no endpoint at all. */
export function nothingHere(c: AppContext, ports: SamlPorts): Response {
  if (wantsJson(c)) return Response.json({ error: 'not_found' }, { status: 404, headers: NO_STORE });
  const visit = readVisit(c, ports.hall);
  return show(
    visit,
    { status: 404 },
    <ErrorPage page={pageOf(visit, {})} kind="not-found" requestId={c.get('requestId')} />,
  );
}

/** E5: an endpoint without its year. */
export const noYear = (): Response =>
  new Response('Invalid Year', {
    status: 400,
    headers: { ...NO_STORE, 'content-type': 'text/plain; charset=utf-8' },
  });

/** What XML for machines is sent with. */
export const XML_HEADERS = { ...NO_STORE, 'content-type': 'text/xml; charset=utf-8' } as const;

/** XML for machines. */
export const xmlAnswer = (xml: string): Response => new Response(xml, { headers: XML_HEADERS });

/** Q6: a failure that says nothing. */
export const silentRefusal = (): Response => new Response(null, { status: 400, headers: NO_STORE });

/** By registration and address; kept as long as the registration is held in memory. */
const targets = new WeakMap<App['redirect_uris'], Map<string, readonly string[]>>();

/** Where a form may end up: the registered address it is sent to, and the app's other hosts behind it (P2). */
export function postTargets(action: string, app: Pick<App, 'redirect_uris'>): readonly string[] {
  const ofApp = targets.get(app.redirect_uris) ?? new Map<string, readonly string[]>();
  targets.set(app.redirect_uris, ofApp);
  const known = ofApp.get(action);
  if (known !== undefined) return known;
  const made = [action, ...app.redirect_uris].map(formActionSource).filter((source) => source !== undefined);
  ofApp.set(action, made);
  return made;
}

/** P1 to P3: the page that posts a message onwards. `formActionOrigins` widen the policy beyond ourselves. */
export function postPage(
  site: Site,
  view: { readonly nonce: string; readonly locale: Locale },
  action: string,
  fields: readonly (readonly [name: string, value: string])[],
  formActionOrigins: readonly string[] = [],
): Response {
  const { nonce, locale } = view;
  const headers = {
    ...securityHeaders({ nonce, formActionOrigins }),
    'content-type': 'text/html; charset=utf-8',
  };
  return new Response(autoPostPage({ locale, brand: site.brand, nonce, action, fields }), { headers });
}

/** The fields of an answer: the message, and RelayState if there was one, even an empty one (R1). */
export const answerFields = (
  message: string,
  relayState: string | null,
): readonly (readonly [string, string])[] => [
  ['SAMLResponse', message],
  ...(relayState === null ? [] : [['RelayState', relayState] as const]),
];
