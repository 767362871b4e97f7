/** Origin of the Worker under test. */
export const ORIGIN = 'https://idp.test';
export const ADMIN_TOKEN = 'test-admin-token';
/** The root of the keys of every Worker under test; no secret of any other. */
export const ROOT_1 = 'dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHkhISE';

export interface ServedInit {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** What tests read of a response, wherever it came from. */
export interface ServedResponse {
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | null; readonly getSetCookie: () => string[] };
  readonly text: () => Promise<string>;
  readonly json: () => Promise<unknown>;
}

/** A Worker that answers: the built one, or the application in the test's own isolate. */
export interface Served {
  /** Redirects are not followed. */
  readonly fetch: (pathOrUrl: string, init?: ServedInit) => Promise<ServedResponse>;
  /** Calls the machine interface with its token and a JSON body. */
  readonly api: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<ServedResponse>;
  /** The Worker's clock. */
  readonly now: () => number;
}
