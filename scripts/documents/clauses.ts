/** Look like clauses and are names of algorithms and encodings. */
const NOT_CLAUSES = /^(?:SHA|AES|RSA|UTF|ISO|HMAC|MD|TLS|AAL|IAL|HS|RS|ES|PS|UCS|ASN|FIPS|LOCK)-/;
const CLAUSE =
  /\bRFC \d{3,5}(?: section [\dA-Z]+(?:\.\d+)*)?|\b(?:OIDC|OpenID Connect) (?:Core|Discovery)(?: (?:section )?\d+(?:\.\d+)*)?|\bSAML(?:2)? (?:Core|Bindings|Profiles|Metadata)(?: (?:section )?[\d.]*\d)?|\b[A-Z]{2,4}-[A-Z]?\d{1,3}[a-z]?(?: to [A-Z]{2,4}-\d{1,3})?(?!\d)|\b[ACDEMOPSTXY]\d{1,2}\b/g;

/** A doc comment and the name of the export after it. */
const COMMENT =
  /\/\*\*([\s\S]*?)\*\/\s*(?:export\s+(?:async\s+)?(?:const|function\*?|interface|type)\s+(\w+))?/g;

/** What a source file says it answers to. */
export interface Answering {
  /** Clauses and rule ids named in its doc comments, in order of first mention. */
  readonly clauses: readonly string[];
  /** First sentence of its first doc comment that names one, without the clauses in front. */
  readonly summary: string;
}

/**
 * Reads the doc comments of one source text; null when none names a clause. The summary comes from the comment on
 * the export the file is named after (`check-prompt` on `checkPrompt`), else from the first that names a clause.
 */
export function readClauses(source: string, fileName = ''): Answering | null {
  const wanted = fileName.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()).toLowerCase();
  const clauses = new Set<string>();
  let first = '';
  let named = '';
  for (const match of source.matchAll(COMMENT)) {
    const comment = (match[1] ?? '')
      .replace(/\n\s*\*\s?/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    const found = clausesIn(comment);
    if (found.length > 0 && first === '') first = firstSentence(comment);
    if (wanted !== '' && match[2]?.toLowerCase() === wanted && named === '') named = firstSentence(comment);
    for (const clause of found) clauses.add(clause);
  }
  return clauses.size === 0 ? null : { clauses: [...clauses], summary: named || first };
}

const clausesIn = (comment: string): readonly string[] =>
  [...comment.matchAll(CLAUSE)].map((match) => match[0]).filter((clause) => !NOT_CLAUSES.test(clause));

function firstSentence(comment: string): string {
  const [, head = '', rest = comment] = /^((?:[^:.]|\.(?=\d)){1,160})[:.] (.+)$/.exec(comment) ?? [];
  const text = clausesIn(head).length > 0 && onlyNamesClauses(head) ? rest : comment;
  const sentence = /^(.*?[a-z0-9)`'"\]])[.;](?:\s|$)/.exec(text)?.[1] ?? text.replace(/[.;]$/, '');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Whether words are a list of clauses and nothing else. */
const onlyNamesClauses = (words: string): boolean =>
  words
    .replace(CLAUSE, '')
    .replace(/\b(?:and|to|also|section|step|accounts|saml|oidc|portal|platform)\b|[,;()\d.]/g, '')
    .trim() === '';
