/**
 * A message that could not be handed over. `name` carries the reason as a stable word, so that a log line may tell it
 * without any personal data; provider texts, which may quote addresses, are dropped.
 */
export const mailFault = (reason: string): Error =>
  Object.assign(new Error(`mail was not sent: ${reason}`), { name: `MailFault.${reason}` });
