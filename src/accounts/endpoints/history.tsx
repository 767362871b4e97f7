import { displayName } from '../../apps/model.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { at } from '../../ui/index.ts';
import type { HistoryEvent } from '../model.ts';
import { DeviceEventsPage, HistoryPage, type ShownEvent } from '../pages/history.tsx';
import { accountPage, nothingHere, signedIn } from './signed-in.ts';

/** HI-1. */
const DEVICES_SHOWN = 5;
const EVENTS_OF_A_DEVICE = 25;
const EVENTS_A_PAGE = 25;
/** Devices looked through for one of this person's own. */
const DEVICES_KNOWN = 200;

/** HI-1: recent browsers and events, older ones page by page. */
export const showHistory = signedIn(async (found) => {
  const { visit, state } = found;
  const { hall, c } = visit;
  const beforeText = c.req.query('before') ?? '';
  const before = /^\d{1,15}$/.test(beforeText) ? Number(beforeText) : undefined;
  const [devices, recent] = await Promise.all([
    hall.accounts.devices(state.account, DEVICES_SHOWN),
    hall.accounts.history(state.account, {
      limit: EVENTS_A_PAGE + 1,
      ...(before === undefined ? {} : { before }),
    }),
  ]);
  const events = recent.slice(0, EVENTS_A_PAGE);
  const last = recent.length > EVENTS_A_PAGE ? events.at(-1) : undefined;
  const shown = await withAppNames(found, events);
  return accountPage(found, (page) => (
    <HistoryPage
      page={page}
      devices={devices}
      events={shown}
      olderHref={last === undefined ? null : at(page, `/account/history?before=${last.id}`)}
    />
  ));
});

/** HI-1: the events of one browser. */
export const showDeviceEvents = signedIn(async (found) => {
  const { visit, state } = found;
  const { hall, c } = visit;
  const devices = await hall.accounts.devices(state.account, DEVICES_KNOWN);
  const device = devices.find(({ id }) => id === c.req.param('id'));
  if (device === undefined) return nothingHere(found);
  const events = await hall.accounts.history(state.account, {
    deviceId: device.id,
    limit: EVENTS_OF_A_DEVICE,
  });
  const shown = await withAppNames(found, events);
  return accountPage(found, (page) => <DeviceEventsPage page={page} device={device} events={shown} />);
});

async function withAppNames(
  { visit }: SignedIn,
  events: readonly HistoryEvent[],
): Promise<readonly ShownEvent[]> {
  const ids = [...new Set(events.flatMap(({ app }) => (app === null ? [] : [app])))];
  const names = new Map(
    await Promise.all(
      ids.map(async (id) => {
        const app = await visit.hall.findApp(id);
        return [id, app === null ? null : displayName(app)] as const;
      }),
    ),
  );
  return events.map((event) => ({
    ...event,
    appName: event.app === null ? null : (names.get(event.app) ?? null),
  }));
}
