import type { SendMessage } from '../../notices/model.ts';
import { mailFault } from './mail-fault.ts';

/** The part of the `send_email` binding that is used: the form that takes fields instead of raw MIME. */
export interface MailBinding {
  readonly send: (message: {
    readonly from: string;
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly html: string;
  }) => Promise<unknown>;
}

/**
 * Mail through the platform's own `send_email` binding. Its errors name addresses, so only their `code` goes on:
 * a stable word such as `E_RATE_LIMIT_EXCEEDED`.
 */
export const sendWithBinding =
  (mail: MailBinding, from: string): SendMessage =>
  async ({ channel, to, subject, text, html }) => {
    if (channel !== 'email') throw mailFault('unsupported_channel');
    try {
      await mail.send({ from, to, subject, text, html });
    } catch (fault) {
      throw mailFault(codeOf(fault));
    }
  };

const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

function codeOf(fault: unknown): string {
  const code: unknown = typeof fault === 'object' && fault !== null ? Reflect.get(fault, 'code') : null;
  return typeof code === 'string' && CODE.test(code) ? code : 'binding_failed';
}
