/**
 * WA-5, WA-6: runs the ceremonies of `gh-passkey` forms. Pressing the button asks the browser for a security key, a face
 * or a finger; what comes back is put into the form's hidden fields and sent like any other form.
 */

const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );

const toText = (buffer: ArrayBuffer | null): string =>
  btoa(Array.from(new Uint8Array(buffer ?? new ArrayBuffer(0)), (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** What the server wrote for us: the JSON form of WebAuthn options, in which bytes are base64url text. */
type Written<Options> = Omit<Options, 'challenge' | 'extensions'> & {
  readonly challenge: string;
  readonly extensions?: { readonly prf: { readonly eval: { readonly first: string } } };
};
type WrittenDescriptor = { readonly id: string; readonly transports: AuthenticatorTransport[] };
type WrittenCreation = Written<Omit<PublicKeyCredentialCreationOptions, 'user' | 'excludeCredentials'>> & {
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly excludeCredentials: readonly WrittenDescriptor[];
};
type WrittenRequest = Written<Omit<PublicKeyCredentialRequestOptions, 'allowCredentials'>> & {
  readonly allowCredentials: readonly WrittenDescriptor[];
};

const describe = ({ id, transports }: WrittenDescriptor): PublicKeyCredentialDescriptor => ({
  type: 'public-key',
  id: toBytes(id),
  ...(transports.length > 0 ? { transports } : {}),
});

type Answer = Readonly<Record<string, string>>;

/** What is asked of the authenticator beside the ceremony: 32 bytes that only it can compute. */
const extensionsOf = ({ extensions }: Pick<Written<object>, 'extensions'>) => ({
  extensions:
    extensions === undefined ? {} : { prf: { eval: { first: toBytes(extensions.prf.eval.first) } } },
});

/** Those bytes, for the hidden field of the form; most authenticators have them only from the second ceremony on. */
const prfOf = (credential: PublicKeyCredential): string => {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  return first instanceof ArrayBuffer ? toText(first) : '';
};

async function create(written: WrittenCreation): Promise<Answer | null> {
  const publicKey = {
    ...written,
    challenge: toBytes(written.challenge),
    user: { ...written.user, id: toBytes(written.user.id) },
    excludeCredentials: written.excludeCredentials.map(describe),
    ...extensionsOf(written),
  };
  const made = await navigator.credentials.create({ publicKey });
  if (!(made instanceof PublicKeyCredential) || !(made.response instanceof AuthenticatorAttestationResponse))
    return null;
  const { clientDataJSON, attestationObject } = made.response;
  return {
    client_data_json: toText(clientDataJSON),
    attestation_object: toText(attestationObject),
    transports: made.response.getTransports?.().join(',') ?? '',
    prf_output: prfOf(made),
  };
}

async function get(
  written: WrittenRequest,
  more: Pick<CredentialRequestOptions, 'mediation' | 'signal'>,
): Promise<Answer | null> {
  const publicKey = {
    ...written,
    challenge: toBytes(written.challenge),
    allowCredentials: written.allowCredentials.map(describe),
    ...extensionsOf(written),
  };
  const used = await navigator.credentials.get({ publicKey, ...more });
  if (!(used instanceof PublicKeyCredential) || !(used.response instanceof AuthenticatorAssertionResponse))
    return null;
  const { clientDataJSON, authenticatorData, signature, userHandle } = used.response;
  return {
    credential_id: toText(used.rawId),
    client_data_json: toText(clientDataJSON),
    authenticator_data: toText(authenticatorData),
    signature: toText(signature),
    user_handle: toText(userHandle),
    prf_output: prfOf(used),
  };
}

function ceremony(element: HTMLElement, form: HTMLFormElement): void {
  const problem = element.querySelector<HTMLElement>('[data-problem]');
  const words = problem?.querySelector('p');
  const { dataset } = element;
  const say = (text: string | undefined): void => {
    if (!problem || !words) return;
    words.textContent = text ?? '';
    problem.hidden = text === undefined;
  };
  if (!('PublicKeyCredential' in window)) {
    if (dataset.unsupported === undefined) return;
    form.hidden = true;
    element.hidden = false;
    say(dataset.unsupported);
    return;
  }
  element.hidden = false;
  const options = JSON.parse(dataset.options ?? '{}');
  let waiting: AbortController | null = null;
  let answered = false;
  let running = false;

  const send = (answer: Answer): void => {
    for (const [name, value] of Object.entries(answer)) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
    answered = true;
    form.requestSubmit();
  };

  const complain = (error: unknown): void => {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'AbortError') return;
    if (name === 'NotAllowedError') say(dataset.canceled);
    else if (name === 'InvalidStateError') say(dataset.known ?? dataset.failed);
    else say(dataset.failed);
  };

  /** Offers passkeys in the suggestions of an input, until the button is pressed. */
  const offer = async (): Promise<void> => {
    const input = document.getElementById(dataset.offerIn ?? '');
    if (!(input instanceof HTMLInputElement)) return;
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    input.setAttribute('autocomplete', 'username webauthn');
    waiting = new AbortController();
    try {
      const answer = await get(options, { mediation: 'conditional', signal: waiting.signal });
      if (answer !== null) send(answer);
    } catch {
      // Nobody pressed anything, so there is nothing to complain about.
    }
  };

  const run = async (): Promise<void> => {
    running = true;
    say(undefined);
    waiting?.abort();
    try {
      const answer = await (dataset.ceremony === 'create' ? create(options) : get(options, {}));
      if (answer === null) say(dataset.failed);
      else send(answer);
    } catch (error) {
      complain(error);
      void offer();
    } finally {
      running = false;
    }
  };

  form.addEventListener('submit', (event) => {
    // A form whose own fields are not filled goes to the server, which says what is missing, before a key is touched.
    if (answered || !form.checkValidity()) return;
    event.preventDefault();
    if (!running) void run();
  });
  window.addEventListener('pageshow', () => {
    answered = false;
  });
  void offer();
}

for (const element of document.querySelectorAll<HTMLElement>('gh-passkey')) {
  const form = element.querySelector('form');
  if (form) ceremony(element, form);
}
