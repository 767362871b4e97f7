import type { Hono } from 'hono';
import { type AppEnv, newRoutes } from '../../http.ts';
import type { Messages } from '../ports.ts';
import { showMessage } from '../show-message.ts';
import { PROBLEMS, refuse } from './api-body.ts';

const DEFAULT_LIMIT = 100;
const MOST = 500;
/** An address or a phone number; longer is neither. */
const LONGEST_TO = 254;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** `GET /messages?to=&after=&limit=`: what was sent, newest last; `DELETE` empties the inbox. */
export function messagesApi(messages: Messages): Hono<AppEnv> {
  const api = newRoutes();
  api.get('/', async (c) => {
    const to = c.req.query('to') ?? null;
    const afterText = c.req.query('after') ?? null;
    const limitText = c.req.query('limit') ?? String(DEFAULT_LIMIT);
    const after = afterText === null ? null : readInstant(afterText);
    const limit = /^\d{1,4}$/.test(limitText) ? Number(limitText) : 0;
    const errors = [
      ...(to !== null && (to === '' || to.length > LONGEST_TO)
        ? [problem('to', 'An address of at most 254 characters.')]
        : []),
      ...(afterText !== null && after === null
        ? [problem('after', 'An ISO 8601 instant with its zone.')]
        : []),
      ...(limit < 1 || limit > MOST ? [problem('limit', `A whole number from 1 to ${MOST}.`)] : []),
    ];
    if (errors.length > 0) return refuse(c, PROBLEMS.badQuery, { errors });
    const found = await messages.list({ to, after, limit });
    return c.json(found.map(showMessage));
  });
  api.delete('/', async (c) => {
    await messages.clear();
    return c.body(null, 204);
  });
  return api;
}

const problem = (field: string, message: string) => ({ field, code: `${field}.invalid`, message });

function readInstant(text: string): number | null {
  // A plus sign that was not escaped arrives as a space.
  const instant = text.replace(' ', '+');
  const at = INSTANT.test(instant) ? Date.parse(instant) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
