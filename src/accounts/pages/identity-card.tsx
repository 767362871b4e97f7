import type { VerifiedIdentity } from '../../proofing/model.ts';
import {
  Alert,
  at,
  Card,
  DefinitionList,
  formatDate,
  LinkButton,
  type MessageKey,
  type Page,
} from '../../ui/index.ts';

/** What the account page may show of a verified identity (AC-1, RD-5). */
export type ShownIdentity =
  | { readonly kind: 'open'; readonly identity: VerifiedIdentity; readonly verifiedAt: number }
  /** Nothing opened it in this session yet. */
  | { readonly kind: 'closed' }
  /** Open, but this browser was only remembered, and some time ago. */
  | { readonly kind: 'hidden' }
  /** Out of use until the personal key or a new verification (PW-4). */
  | { readonly kind: 'locked' };

const CLOSED = {
  closed: {
    text: 'identity.card.closed',
    label: 'identity.card.open',
    path: '/login/password?return=/account',
  },
  hidden: {
    text: 'identity.card.hidden',
    label: 'identity.card.confirm',
    path: '/account/reauthentication?return=/account',
  },
  locked: {
    text: 'identity.card.locked',
    label: 'identity.card.unlock',
    path: '/account/reactivate/start',
  },
} as const satisfies Record<string, { text: MessageKey; label: MessageKey; path: string }>;

/** Digits nobody else should read over a shoulder: the last ones tell the owner enough. */
const masked = (text: string, shown: number): string => `${'•'.repeat(5)} ${text.slice(-shown)}`;

/** AC-1: name, birth date, address and numbers as they were verified, or the way to them. */
export const IdentityCard = ({ page, shown }: { page: Page; shown: ShownIdentity }) => {
  const { t } = page;
  const heading = t('identity.card.title');
  if (shown.kind !== 'open') {
    const { text, path, label } = CLOSED[shown.kind];
    return (
      <Card heading={heading} actions={<LinkButton href={at(page, path)}>{t(label)}</LinkButton>}>
        <Alert type={shown.kind === 'locked' ? 'warning' : 'info'} live={false}>
          {t(text)}
        </Alert>
      </Card>
    );
  }
  const { identity, verifiedAt } = shown;
  const { firstName, middleName, lastName, birthDate, address, ssn, phone } = identity;
  return (
    <Card
      heading={heading}
      actions={<LinkButton href={at(page, '/account/personal_key')}>{t('identity.card.new_key')}</LinkButton>}
    >
      <DefinitionList
        items={[
          {
            term: t('identity.card.name'),
            detail: [firstName, middleName, lastName].filter(Boolean).join(' '),
          },
          { term: t('identity.card.birth_date'), detail: formatDate(t.locale, Date.parse(birthDate)) },
          ...(address === null
            ? []
            : [
                {
                  term: t('identity.card.address'),
                  detail: [address.line1, address.line2, `${address.city}, ${address.state} ${address.zip}`]
                    .filter(Boolean)
                    .join(', '),
                },
              ]),
          ...(ssn === null ? [] : [{ term: t('identity.card.ssn'), detail: masked(ssn, 2) }]),
          ...(phone === null ? [] : [{ term: t('identity.card.phone'), detail: masked(phone, 4) }]),
          { term: t('identity.card.verified'), detail: formatDate(t.locale, verifiedAt) },
        ]}
      />
    </Card>
  );
};
