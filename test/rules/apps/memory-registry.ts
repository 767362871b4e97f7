import { settingsOf } from '../../../src/apps/document.ts';
import { describeChange } from '../../../src/apps/history.ts';
import type { App, AppSettings } from '../../../src/apps/model.ts';
import type { AppRegistry, AuditEntry, ReadAudit } from '../../../src/apps/ports.ts';
import { err, ok } from '../../../src/kernel/result.ts';

type Row = App & { readonly deleted: boolean };

/** The registry as a Map: the same contract as the one on D1, for tests of what stands on it. */
export function memoryRegistry(): { registry: AppRegistry; readAudit: ReadAudit } {
  const rows = new Map<string, Row>();
  const agencies = new Map<string, string>();
  const history: AuditEntry[] = [];
  let version = 0;

  const live = (uuid: string): App | null => {
    const row = rows.get(uuid);
    if (row === undefined || row.deleted) return null;
    const { deleted: _deleted, ...app } = row;
    return app;
  };
  const rowOf = (issuer: string): Row | undefined => [...rows.values()].find((row) => row.issuer === issuer);
  const put = (uuid: string, settings: AppSettings, action: string, actor: string, now: number): App => {
    const before = live(uuid);
    version += 1;
    const agency = settings.agency?.toLowerCase();
    if (agency !== undefined && !agencies.has(agency)) agencies.set(agency, crypto.randomUUID());
    const app = {
      ...settings,
      uuid,
      agencyId: (agency === undefined ? undefined : agencies.get(agency)) ?? uuid,
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
      etag: `version-${version}`,
    };
    rows.set(uuid, { ...app, deleted: action === 'delete' });
    const change = describeChange(
      before === null ? null : settingsOf(before),
      action === 'delete' ? null : settings,
    );
    history.unshift({
      id: history.length + 1,
      time: now,
      actor,
      action,
      itemType: 'app',
      itemId: uuid,
      ...change,
    });
    return app;
  };

  const registry: AppRegistry = {
    list: async () =>
      [...rows.keys()]
        .map(live)
        .filter((app) => app !== null)
        .sort((a, b) => (a.issuer < b.issuer ? -1 : 1)),
    byUuid: async (uuid) => live(uuid),
    byIssuer: async (issuer) => live(rowOf(issuer)?.uuid ?? ''),
    create: async (settings, actor, now) => {
      const row = rowOf(settings.issuer);
      if (row !== undefined && (!row.deleted || row.team !== settings.team))
        return err({ reason: 'issuer_taken' });
      return ok(put(row?.uuid ?? crypto.randomUUID(), settings, 'create', actor, now));
    },
    replace: async (uuid, settings, actor, now, etag) => {
      const app = live(uuid);
      if (app === null) return err({ reason: 'not_found' });
      if (etag !== null && app.etag !== etag) return err({ reason: 'stale' });
      return ok(put(uuid, { ...settings, issuer: app.issuer }, 'update', actor, now));
    },
    remove: async (uuid, actor, now, etag) => {
      const app = live(uuid);
      if (app === null) return err({ reason: 'not_found' });
      if (etag !== null && app.etag !== etag) return err({ reason: 'stale' });
      put(uuid, settingsOf(app), 'delete', actor, now);
      return ok(null);
    },
    importAll: async (all, actor, now) => {
      const created: string[] = [];
      const updated: string[] = [];
      for (const settings of all) {
        const row = rowOf(settings.issuer);
        (row === undefined || row.deleted ? created : updated).push(settings.issuer);
        const action = row === undefined || row.deleted ? 'create' : 'update';
        put(row?.uuid ?? crypto.randomUUID(), settings, action, actor, now);
      }
      return { created, updated };
    },
  };
  const readAudit: ReadAudit = async ({ itemId, before, limit }) =>
    history
      .filter(
        (entry) => (itemId === null || entry.itemId === itemId) && (before === null || entry.id < before),
      )
      .slice(0, limit);
  return { registry, readAudit };
}
