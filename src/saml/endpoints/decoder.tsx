import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import { visiting } from '../../signin/endpoints/act.tsx';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import type { HallPorts } from '../../signin/ports.ts';
import { DecoderPage } from '../pages/decoder.tsx';

/** The decoder of the sandbox; mounted where there is one. */
export const samlDecoder = (hall: HallPorts): Hono<AppEnv> =>
  newRoutes().get(
    '/sandbox/saml',
    visiting(hall)((visit) => show(visit, {}, <DecoderPage page={pageOf(visit, {})} />)),
  );
