import type { AppSettings } from '../../apps/model.ts';
import {
  AAL_1,
  AUTHENTICATION_STRENGTHS,
  DEFAULT_AAL,
  lookUpAcrValue,
  mayRequest,
  requestedAssurance,
  resolveNeed,
} from '../../assurance/acr.ts';
import type { AssuranceNeed, AuthenticationNeed, IdentityNeed } from '../../assurance/model.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { Comparison } from '../wire/authn-request.ts';
import { REQUESTED_ATTRIBUTES_PREFIX } from '../wire/names.ts';
import type { SamlError } from './errors.ts';

/** What the class references of a request come to. */
export interface ResolvedContext {
  readonly need: AssuranceNeed;
  /** What is asked about identity, for the reported level (B5). */
  readonly identity: IdentityNeed;
  /** The effective service level is of the `urn:acr.login.gov:` vocabulary (B5). */
  readonly urn: boolean;
  /** P14: the class reference of the AuthnStatement, always an authentication level. */
  readonly classRef: string;
}

type Registration = Pick<AppSettings, 'ial' | 'default_aal' | 'facial_match_allowed' | 'ialmax_allowed'>;

const AAL_PREFIX = 'http://idmanagement.gov/ns/assurance/aal/';
const PASSWORD_CLASSES: readonly string[] = [
  'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
  'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
];
/** Vectors of trust were tried once and are refused, alone or beside others (A13). */
const VECTOR = /^[A-Z][0-9a-z](?:\.[A-Z][0-9a-z])*$/;

const isAal = (value: string): boolean =>
  value === AAL_1 || AUTHENTICATION_STRENGTHS.some((strength) => strength.value === value);

/** Class references that do not list attributes. */
const classesIn = (classRefs: readonly string[]): readonly string[] =>
  classRefs.filter((value) => !value.startsWith(REQUESTED_ATTRIBUTES_PREFIX));

/** A10, A12: whether a class means something under this comparison. */
const known = (comparison: Comparison) => (value: string) =>
  lookUpAcrValue(value) !== null ||
  ((comparison === 'minimum' || comparison === 'better') && PASSWORD_CLASSES.includes(value));

/** A11: how many class references are ignored, for the log. */
export const countUnknown = (classRefs: readonly string[], comparison: Comparison): number =>
  classesIn(classRefs).filter((value) => value !== AAL_1 && !known(comparison)(value)).length;

/**
 * SAML Core section 3.3.2.2.1, A10 to A16: which service and authentication levels the class references ask for, if
 * this app may. At least one reference must be known; unknown companions are ignored. Password classes mean "nothing
 * asked", and only under `minimum` and `better`, where anything stronger satisfies them.
 */
export function resolveAuthnContext(
  app: Registration,
  classRefs: readonly string[],
  comparison: Comparison,
): Result<ResolvedContext, SamlError> {
  const values = classesIn(classRefs);
  const asked = requestedAssurance(values);
  const isKnown = known(comparison);
  const refused = (values.length > 0 && !values.some(isKnown)) || values.some((value) => VECTOR.test(value));
  if (refused || !mayRequest(app, asked)) return err('unauthorized_authn_context');

  // A14, AL-2: an app that is registered for proofing and names no service level means proofing.
  const level = asked.identity ?? (app.ial === 2 ? 'verified' : 'none');
  // A15: "at least signed in" lets verified people of a proofing app come as who they are.
  const identity = comparison === 'minimum' && level === 'none' && app.ial === 2 ? 'if-available' : level;
  // A12, AL-1: naming AAL1 overrides the app's default and asks for nothing more.
  const strength = asked.authentication ?? (values.includes(AAL_1) ? 'second-factor' : null);
  // A16: the first in document order is reported, the strictest of all is enforced.
  const byDefault = app.default_aal === null ? DEFAULT_AAL : `${AAL_PREFIX}${app.default_aal}`;
  return ok({
    need: resolveNeed(identity, strength, app.default_aal),
    identity,
    urn: asked.serviceLevel?.startsWith('urn:') ?? false,
    classRef: values.find(isAal) ?? byDefault,
  });
}

/** B4: the level alone, without what narrows it down. */
export const plainAal = (classRef: string): string => classRef.replace(/\?.*$/, '');

/** Section 17: the level that was enforced, as exactly as the vocabulary allows. */
export function achievedAal(enforced: AuthenticationNeed): string {
  switch (enforced) {
    case 'second-factor':
      return DEFAULT_AAL;
    case 'fresh-second-factor':
      return `${AAL_PREFIX}2`;
    case 'phishing-resistant':
      return `${AAL_PREFIX}2?phishing_resistant=true`;
    case 'piv':
      return `${AAL_PREFIX}2?hspd12=true`;
  }
}
