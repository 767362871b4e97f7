import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import { isRecord } from '../canonical.ts';
import { certDetails, certFingerprint, checkCert } from '../certs.ts';
import { settingsOf, showSettings } from '../document.ts';
import { fieldError } from '../field-errors.ts';
import { checkLogo, type LogoType } from '../logo.ts';
import type { AdminPorts } from './admin-ports.ts';
import { PROBLEMS, readJson, refuse, refuseFields } from './api-problems.ts';
import { isDryRun, writeApp } from './change-app.ts';

const PEM_TYPES = [
  'application/x-pem-file',
  'application/pem-certificate-chain',
  'text/plain',
  'application/x-x509-ca-cert',
];

const LOGO_TYPES: Readonly<Record<string, LogoType>> = { 'image/png': 'png', 'image/svg+xml': 'svg' };

const mediaType = (header: string | undefined): string =>
  (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/** Certificates and logo of one app: `/apps/{uuid}/certs`, `/apps/{uuid}/logo` (M3; 1.6, 1.7). */
export function materialApi(ports: AdminPorts): Hono<AppEnv> {
  const api = newRoutes();

  api.post('/:uuid/certs', async (c) => {
    const pem = await readPem();
    if (!pem.ok) return pem.response;
    const app = await ports.registry.byUuid(c.req.param('uuid'));
    if (app === null) return refuse(c, PROBLEMS.notFound);
    const settings = showSettings(settingsOf(app));
    const response = await writeApp(c, ports, { ...settings, certs: [...app.certs, pem.text] }, app);
    const added = checkCert(pem.text);
    if (!response.ok || !added.ok) return response;
    // P36: only the first block counts, and the sender is told.
    const warnings = added.value.blocks > 1 ? ['Only the first certificate of the text was taken.'] : [];
    return c.json({ ...certDetails(added.value.pem), warnings }, isDryRun(c) ? 200 : 201);

    async function readPem(): Promise<{ ok: true; text: string } | { ok: false; response: Response }> {
      if (PEM_TYPES.includes(mediaType(c.req.header('Content-Type'))))
        return { ok: true, text: await c.req.text() };
      const body = await readJson(c);
      if (!body.ok) return { ok: false, response: body.error };
      const pemText = isRecord(body.value) ? (body.value.cert ?? body.value.pem) : undefined;
      if (typeof pemText === 'string') return { ok: true, text: pemText };
      return { ok: false, response: refuseFields(c, [fieldError('cert', 'cert.type')]) };
    }
  });

  api.get('/:uuid/certs', async (c) => {
    const app = await ports.registry.byUuid(c.req.param('uuid'));
    if (app === null) return refuse(c, PROBLEMS.notFound);
    return c.json({ certs: app.certs.map(certDetails).filter((details) => details !== null) });
  });

  api.delete('/:uuid/certs/:sha256', async (c) => {
    const app = await ports.registry.byUuid(c.req.param('uuid'));
    const wanted = c.req.param('sha256').replaceAll(':', '').toLowerCase();
    const kept = app?.certs.filter((pem) => certFingerprint(pem) !== wanted);
    if (app === null || kept === undefined || kept.length === app.certs.length)
      return refuse(c, PROBLEMS.notFound);
    const response = await writeApp(c, ports, { ...showSettings(settingsOf(app)), certs: kept }, app);
    return response.ok ? c.body(null, 204) : response;
  });

  api.put('/:uuid/logo', async (c) => {
    const claimed = LOGO_TYPES[mediaType(c.req.header('Content-Type'))];
    if (claimed === undefined) return refuse(c, PROBLEMS.wrongType);
    const checked = checkLogo(new Uint8Array(await c.req.arrayBuffer()), claimed);
    if (!checked.ok) return refuseFields(c, [fieldError('logo', checked.error)]);
    const app = await ports.registry.byUuid(c.req.param('uuid'));
    if (app === null) return refuse(c, PROBLEMS.notFound);
    if (!isDryRun(c)) await ports.saveLogo(checked.value.sha256, checked.value.type, checked.value.bytes);
    return writeApp(c, ports, { ...showSettings(settingsOf(app)), logo: checked.value.path }, app);
  });

  api.delete('/:uuid/logo', async (c) => {
    const app = await ports.registry.byUuid(c.req.param('uuid'));
    if (app === null) return refuse(c, PROBLEMS.notFound);
    return writeApp(c, ports, { ...showSettings(settingsOf(app)), logo: null }, app);
  });

  return api;
}
