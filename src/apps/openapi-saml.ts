import { json, type Operation } from './openapi.ts';
import type { JsonSchema } from './openapi-schemas.ts';

const text: JsonSchema = { type: 'string' };
const time: JsonSchema = { type: 'string', format: 'date-time' };

const year: JsonSchema = {
  type: 'object',
  required: ['year', 'state', 'kid', 'certificate_sha256', 'not_before', 'not_after', 'hold'],
  properties: {
    year: { type: 'integer' },
    state: { type: 'string', enum: ['staged', 'live', 'retiring'] },
    kid: text,
    certificate_sha256: text,
    not_before: time,
    not_after: time,
    created_at: time,
    created_by: text,
    hold: { type: 'boolean', description: 'Retirement is postponed.' },
  },
};
const reason: JsonSchema = {
  type: 'object',
  properties: { reason: { type: 'string', maxLength: 500, description: 'Kept in the history.' } },
};
const onlyYear: JsonSchema = { type: 'object', properties: { year: { type: 'integer' } } };

const step = (name: string, summary: string, status: 200 | 201, answer: JsonSchema): Operation => ({
  tag: 'keys',
  method: 'post',
  path: `/api/admin/v1/saml/years/{year}/${name}`,
  id: `${name}SamlYear`,
  summary,
  body: json(reason),
  success: { status, description: 'Done.', content: json(answer) },
  problems: [404, 409],
});

/** SAML years (portal-and-operations M3, O11, O12): every step of the calendar by hand. */
export const SAML_OPERATIONS: readonly Operation[] = [
  {
    tag: 'keys',
    method: 'get',
    path: '/api/admin/v1/saml/years',
    id: 'listSamlYears',
    summary: 'List SAML years, their states and certificates',
    success: {
      status: 200,
      description: 'All years that are not over.',
      content: json({ type: 'object', properties: { years: { type: 'array', items: year } } }),
    },
  },
  {
    tag: 'keys',
    method: 'get',
    path: '/api/admin/v1/saml/years/{year}/apps',
    id: 'listAppsOnSamlYear',
    summary: 'List the apps that still use a year that ends, and how many contacts each names',
    success: {
      status: 200,
      description: 'Apps answered from this year since a newer one opened.',
      content: json({
        type: 'object',
        properties: {
          year: { type: 'integer' },
          apps: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                issuer: text,
                last_used: { type: 'string', format: 'date' },
                contacts: { type: 'integer' },
              },
            },
          },
        },
      }),
    },
    problems: [404],
  },
  step('stage', 'Make key and certificate of a year without opening its endpoints', 201, year),
  step('open', 'Open the endpoints of a year; older years begin to retire', 200, year),
  step('close', 'Close the endpoints of a year for good', 200, onlyYear),
  step('replace', 'Give a year a new key because the old one is known to others', 201, year),
  step('hold', 'Postpone the retirement of a year', 200, onlyYear),
  step('release', 'Let the retirement of a year take its course', 200, onlyYear),
];
