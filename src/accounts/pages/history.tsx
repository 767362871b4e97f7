import { at, Card, formatDateTime, type Page, Table } from '../../ui/index.ts';
import type { Device, HistoryEvent } from '../model.ts';
import { AccountLayout } from './account-layout.tsx';
import { eventWords } from './event-words.ts';

/** One event with the name of the app it is about. */
export interface ShownEvent extends HistoryEvent {
  readonly appName: string | null;
}

export interface HistoryProps {
  readonly page: Page;
  readonly devices: readonly Device[];
  readonly events: readonly ShownEvent[];
  /** The next page's address, when there is more. */
  readonly olderHref: string | null;
}

/** HI-1: the last browsers and what happened, newest first. */
export const HistoryPage = ({ page, devices, events, olderHref }: HistoryProps) => {
  const { t } = page;
  return (
    <AccountLayout page={page} title={t('accounts.history.title')} section="history">
      <p>{t('accounts.history.intro')}</p>
      <Card heading={t('accounts.history.devices')}>
        <Table
          caption={t('accounts.history.devices')}
          hideCaption
          columns={[
            t('accounts.history.browser'),
            t('accounts.history.place'),
            t('accounts.history.last_used'),
          ]}
          rows={devices.map((device) => [
            <a href={at(page, `/account/devices/${device.id}/events`)}>
              {device.browser || t('accounts.history.unknown_browser')}
            </a>,
            device.place ?? t('accounts.history.unknown_place'),
            formatDateTime(t.locale, device.lastUsedAt),
          ])}
        />
      </Card>
      <Card heading={t('accounts.history.events')}>
        <EventTable page={page} events={events} />
        {olderHref === null ? null : (
          <p>
            <a href={olderHref}>{t('accounts.history.older')}</a>
          </p>
        )}
      </Card>
    </AccountLayout>
  );
};

/** What one browser was used for. */
export const DeviceEventsPage = (props: { page: Page; device: Device; events: readonly ShownEvent[] }) => {
  const { page, device } = props;
  const { t } = page;
  const browser = device.browser || t('accounts.history.unknown_browser');
  return (
    <AccountLayout page={page} title={t('accounts.device.title', { browser })} section="history">
      <p>{t('accounts.device.last_used', { time: formatDateTime(t.locale, device.lastUsedAt) })}</p>
      <EventTable page={page} events={props.events} />
      <p>
        <a href={at(page, '/account/history')}>{t('accounts.device.back')}</a>
      </p>
    </AccountLayout>
  );
};

const EventTable = ({ page, events }: { page: Page; events: readonly ShownEvent[] }) => {
  const { t } = page;
  return (
    <Table
      caption={t('accounts.history.events')}
      hideCaption
      columns={[t('accounts.history.event'), t('accounts.history.where'), t('accounts.history.when')]}
      rows={events.map((event) => [
        eventWords(t, event.kind, event.appName),
        [event.browser, event.place].filter((part) => part !== null && part !== '').join(', '),
        formatDateTime(t.locale, event.at),
      ])}
    />
  );
};
