import type { Child } from '../jsx/markup.ts';
import type { Page } from '../page.ts';
import { Form } from './form.tsx';

/** What the browser fills in, by ceremony: names of form fields. */
const FIELDS = {
  create: ['client_data_json', 'attestation_object', 'transports', 'prf_output'],
  get: ['credential_id', 'client_data_json', 'authenticator_data', 'signature', 'user_handle', 'prf_output'],
} as const;

/** What the page says when the browser gives up (WA-5). */
export type PasskeyWords = {
  /** The person cancelled, or the time was over. */
  readonly canceled: string;
  readonly failed: string;
  /** The key or device is registered already. */
  readonly known?: string;
  /** The browser knows no passkeys; without this text the form then stays hidden. */
  readonly unsupported?: string;
};

/**
 * A form that is sent with the answer of a security key, a face or a finger (WA-6): the script `webauthn` shows it, runs
 * the ceremony when its button is pressed and sends the form. A failed ceremony leaves the page as it is, says why and
 * may be tried again. `offerIn` names an input in whose list of suggestions the browser offers passkeys as well.
 */
export const PasskeyForm = (props: {
  page: Page;
  ceremony: keyof typeof FIELDS;
  /** For `navigator.credentials`, with bytes as base64url. */
  options: object;
  words: PasskeyWords;
  action: string;
  withRequest?: boolean;
  offerIn?: string;
  children: Child;
}) => {
  const { words } = props;
  const fields = Object.fromEntries(FIELDS[props.ceremony].map((name) => [name, '']));
  return (
    <gh-passkey
      hidden
      data-ceremony={props.ceremony}
      data-options={JSON.stringify(props.options)}
      data-canceled={words.canceled}
      data-failed={words.failed}
      data-known={words.known}
      data-unsupported={words.unsupported}
      data-offer-in={props.offerIn}
    >
      <div role="alert">
        <div class="usa-alert usa-alert--error usa-alert--slim" hidden data-problem>
          <div class="usa-alert__body">
            <p class="usa-alert__text"></p>
          </div>
        </div>
      </div>
      <Form page={props.page} action={props.action} withRequest={props.withRequest ?? false} hidden={fields}>
        {props.children}
      </Form>
    </gh-passkey>
  );
};
