import { ErrorPage } from '../../ui/error-page.tsx';
import { at } from '../../ui/index.ts';
import type { HallPorts } from '../ports.ts';
import { isHead, nothingDone } from './head.ts';
import { readForm } from './read-form.ts';
import { pageOf, show } from './show-page.ts';
import { type AppContext, adoptRequest, appOf, readVisit, type Visit } from './visit.tsx';

/** What answers one page view. */
export type Act = (visit: Visit) => Promise<Response> | Response;

/** Turns acts into route handlers: each starts by reading the visit, and none is done for a HEAD. */
export const visiting =
  (hall: HallPorts) =>
  (act: Act) =>
  (c: AppContext): Promise<Response> | Response =>
    isHead(c) ? nothingDone() : act(readVisit(c, hall));

/**
 * Acts on the fields of one of our own forms; the visit that `act` is given works on the question whose page it was. A form
 * that does not belong to this browser, or whose session changed meanwhile, or that is too large, is answered with a page
 * that opens it anew at `retry` (HD-2); nothing is changed then.
 */
export async function withForm(
  visit: Visit,
  act: (form: URLSearchParams, visit: Visit) => Promise<Response>,
  retry: string = visit.c.get('path'),
): Promise<Response> {
  const form = await readForm(visit);
  if (form.ok) {
    // AP-1: the person goes on with the question of the page whose form this is, whatever another tab began since.
    return act(form.value, await adoptRequest(visit, form.value.get('request_id')));
  }
  const { reason } = form.error;
  const app = await appOf(visit);
  const page = pageOf(visit, { app });
  const element = (
    <ErrorPage page={page} kind={reason} requestId={visit.c.get('requestId')} retryHref={at(page, retry)} />
  );
  return show(visit, { app, status: reason === 'too-large' ? 413 : 403 }, element);
}
