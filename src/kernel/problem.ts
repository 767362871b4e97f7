/** One field that was refused; `code` is stable, `message` is for people. */
export interface ProblemField {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** What a machine interface says when it refuses (RFC 9457 section 3). */
export interface Problem {
  readonly status: number;
  /** A short sentence, the same for every occurrence of this kind. */
  readonly title: string;
  /** Stable id of the kind of problem; becomes the `type` member. */
  readonly id: string;
  /** Finds the request in the logs. */
  readonly requestId: string;
  readonly detail?: string;
  readonly errors?: readonly ProblemField[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A problem as a response of type `application/problem+json`; `type` is a reference relative to the service. */
export function problemResponse(problem: Problem): Response {
  const { status, title, id, requestId, detail, errors, headers } = problem;
  const body = {
    type: `/developers/support/#${id}`,
    title,
    status,
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors }),
    request_id: requestId,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
  });
}
