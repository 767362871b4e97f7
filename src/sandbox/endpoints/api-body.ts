import type { Context } from 'hono';
import * as v from 'valibot';
import type { AppEnv } from '../../http.ts';
import { type Problem, type ProblemField, problemResponse } from '../../kernel/problem.ts';
import { readText } from '../../kernel/read-text.ts';
import { err, ok, type Result } from '../../kernel/result.ts';

export type ApiContext = Context<AppEnv>;
type Kind = Pick<Problem, 'status' | 'title' | 'id'>;

/** Problems of the sandbox interface; ids are stable. */
export const PROBLEMS = {
  unreadable: { status: 400, id: 'unreadable-body', title: 'The body cannot be read.' },
  badQuery: { status: 400, id: 'bad-query', title: 'A query parameter is not possible.' },
  notFound: { status: 404, id: 'not-found', title: 'There is nothing here.' },
  taken: { status: 409, id: 'email-taken', title: 'The email address belongs to another account.' },
  tooLarge: { status: 413, id: 'too-large', title: 'The body is too large.' },
  invalid: { status: 422, id: 'invalid-fields', title: 'Some fields are not possible.' },
} as const satisfies Record<string, Kind>;

/** Test interfaces take small bodies only. */
const MAX_BODY_BYTES = 64 * 1024;

/** Answers with a problem (RFC 9457). */
export const refuse = (c: ApiContext, kind: Kind, more: Pick<Problem, 'detail' | 'errors'> = {}): Response =>
  problemResponse({ ...kind, ...more, requestId: c.get('requestId') });

/**
 * The JSON body of a request read with a schema, or the refusal to answer with. An empty body is an empty object, so
 * that `POST` without any wish works. Unknown fields are refused, each by name.
 */
export async function readBody<Schema extends v.GenericSchema>(
  c: ApiContext,
  schema: Schema,
): Promise<Result<v.InferOutput<Schema>, Response>> {
  const text = await readText(c.req.raw, MAX_BODY_BYTES);
  if (text === null) return err(refuse(c, PROBLEMS.tooLarge));
  let value: unknown;
  try {
    value = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    return err(refuse(c, PROBLEMS.unreadable, { detail: 'The body is not JSON.' }));
  }
  const read = v.safeParse(schema, value);
  return read.success
    ? ok(read.output)
    : err(refuse(c, PROBLEMS.invalid, { errors: read.issues.map(fieldOf) }));
}

const CODES: Readonly<Record<string, string>> = { strict_object: 'unknown', picklist: 'unsupported' };

function fieldOf(issue: v.BaseIssue<unknown>): ProblemField {
  const field = v.getDotPath(issue) ?? '';
  const isMissing = issue.type === 'strict_object' && issue.expected !== 'never';
  return {
    field,
    code: `${field.split('.')[0] || 'body'}.${isMissing ? 'required' : (CODES[issue.type] ?? 'invalid')}`,
    message: isMissing ? 'This field is required.' : issue.message,
  };
}
