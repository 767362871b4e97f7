import { linksIn } from './links-in.ts';
import type { StoredMessage } from './ports.ts';

/** A message as the interface tells it; times are ISO 8601 in UTC. */
export interface ShownMessage {
  readonly id: string;
  readonly channel: StoredMessage['channel'];
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly links: readonly string[];
  readonly code: string | null;
  readonly sent_at: string;
}

/** The interface's form of a stored message, with the links its text spells out. */
export const showMessage = ({
  id,
  channel,
  to,
  subject,
  text,
  html,
  code,
  sentAt,
}: StoredMessage): ShownMessage => ({
  id,
  channel,
  to,
  subject,
  text,
  html,
  links: linksIn(text),
  code,
  sent_at: new Date(sentAt).toISOString(),
});
