import { err, ok, type Result } from '../../kernel/result.ts';

/** Parameters that are looked at in query and form alike (E2). */
export const MESSAGE_PARAMETERS = ['SAMLRequest', 'RelayState', 'SigAlg', 'Signature', 'prompt'] as const;
export type MessageParameter = (typeof MESSAGE_PARAMETERS)[number] | 'SAMLResponse';
const NAMES: ReadonlySet<string> = new Set([...MESSAGE_PARAMETERS, 'SAMLResponse']);
const isName = (name: string): name is MessageParameter => NAMES.has(name);

/** A value decoded once; `raw` is its percent-encoded spelling when it came in the query. */
export interface Parameter {
  readonly value: string;
  readonly raw?: string;
}

export type Parameters = ReadonlyMap<MessageParameter, Parameter>;
export type ParametersRefusal = {
  readonly reason: 'repeated_parameter' | 'malformed_parameter' | 'two_messages';
};

/**
 * SAML Bindings sections 3.4.4 and 3.5.4, E2, T5: one parse of query and form that yields every parameter once. The
 * same name twice, in either place or across the two, is refused: a signature could cover one and we read the other.
 */
export function readMessageParameters(
  query: string,
  form: string | null,
): Result<Parameters, ParametersRefusal> {
  const found = new Map<MessageParameter, Parameter>();
  for (const [text, fromQuery] of [
    [query, true],
    [form ?? '', false],
  ] as const) {
    for (const pair of text.split('&')) {
      const at = pair.indexOf('=');
      const name = decodeForm(at < 0 ? pair : pair.slice(0, at));
      if (name === null || !isName(name)) continue;
      const raw = at < 0 ? '' : pair.slice(at + 1);
      const value = decodeForm(raw);
      if (value === null) return err({ reason: 'malformed_parameter' });
      if (found.has(name)) return err({ reason: 'repeated_parameter' });
      found.set(name, fromQuery ? { value, raw } : { value });
    }
  }
  return found.has('SAMLRequest') && found.has('SAMLResponse') ? err({ reason: 'two_messages' }) : ok(found);
}

/** The first value of another query parameter; undefined when it is absent or cannot be decoded. */
export function queryParameter(query: string, name: string): string | undefined {
  for (const pair of query.split('&')) {
    const at = pair.indexOf('=');
    if (decodeForm(at < 0 ? pair : pair.slice(0, at)) === name)
      return decodeForm(at < 0 ? '' : pair.slice(at + 1)) ?? undefined;
  }
  return undefined;
}

/** Form decoding of one name or value; null when an escape is broken or does not spell UTF-8. */
function decodeForm(text: string): string | null {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
