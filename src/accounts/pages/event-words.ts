import type { Translate } from '../../ui/index.ts';
import { EVENT_KINDS, type EventKind } from '../model.ts';

const isKind = (name: string): name is EventKind => Object.hasOwn(EVENT_KINDS, name);
const KINDS = Object.keys(EVENT_KINDS).filter(isKind);

/** An event of the history in words (HI-2); numbers we no longer know say just that something happened. */
export function eventWords(t: Translate, kind: number, appName: string | null): string {
  const name = KINDS.find((one) => EVENT_KINDS[one] === kind);
  if (name === undefined) return t('accounts.event.other');
  return t(`accounts.event.${name}`, { app: appName ?? t('accounts.apps.unknown') });
}
