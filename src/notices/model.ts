/** A message to a person, ready to send. Links are absolute; nothing personal beyond what identifies the event (UX-15). */
export interface Message {
  readonly channel: 'email' | 'sms' | 'voice' | 'letter';
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** A one-time code inside the message, for the sandbox inbox. */
  readonly code: string | null;
}

/** Hands a message to the outside; a failure is an outage and throws. */
export type SendMessage = (message: Message) => Promise<void>;
