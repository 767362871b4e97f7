import type { HeldPhone } from './model.ts';

/** The phone to send to: the one asked for by id, else the default, else the newest (PH-5); null when there is none. */
export function choosePhone(phones: readonly HeldPhone[], asked: string | null): HeldPhone | null {
  const newest = phones.reduce<HeldPhone | null>(
    (best, phone) => (best === null || phone.createdAt >= best.createdAt ? phone : best),
    null,
  );
  return phones.find(({ id }) => id === asked) ?? phones.find(({ isDefault }) => isDefault) ?? newest;
}
