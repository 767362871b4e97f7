import { proceed } from '../../signin/endpoints/hall.ts';
import { isHead, nothingDone } from '../../signin/endpoints/head.ts';
import { type AppContext, loadRequest, readVisit } from '../../signin/endpoints/visit.tsx';
import type { SamlPorts, ServingYear } from '../ports.ts';
import { auth } from './auth.tsx';
import { nothingHere } from './respond.tsx';

/** E9: goes on with the question this browser is working on; nothing is here when there is none of ours. */
export async function complete(c: AppContext, ports: SamlPorts): Promise<Response> {
  const visit = readVisit(c, ports.hall);
  const stored = await loadRequest(visit);
  if (stored === null || stored.door !== 'saml') return nothingHere(c, ports);
  return isHead(c) ? nothingDone() : proceed(visit);
}

/** E9: resumes what is stored and never reads a posted message then; without anything stored it is `authpost`. */
export async function finalAuthPost(c: AppContext, ports: SamlPorts, year: ServingYear): Promise<Response> {
  const visit = readVisit(c, ports.hall);
  const stored = await loadRequest(visit);
  return stored === null || stored.door !== 'saml' ? auth(c, ports, year) : proceed(visit);
}
