/** The SAML decoder of the sandbox: everything happens in this browser. */
import { indented, readSamlMessage } from './elements/saml-message.ts';

/** What a reader looks for first, by element and attribute; an empty attribute means the text. */
const FACTS: readonly (readonly [element: string, attribute: string])[] = [
  ['', 'ID'],
  ['', 'InResponseTo'],
  ['', 'IssueInstant'],
  ['', 'Destination'],
  ['', 'AssertionConsumerServiceURL'],
  ['', 'ForceAuthn'],
  ['', 'IsPassive'],
  ['Issuer', ''],
  ['NameIDPolicy', 'Format'],
  ['RequestedAuthnContext', 'Comparison'],
  ['AuthnContextClassRef', ''],
  ['StatusCode', 'Value'],
  ['NameID', ''],
  ['SessionIndex', ''],
  ['Audience', ''],
  ['SignatureMethod', 'Algorithm'],
  ['EncryptionMethod', 'Algorithm'],
];

const root = document.querySelector<HTMLElement>('[data-saml-decoder]');
const input = root?.querySelector('textarea');
const button = root?.querySelector('button');
const facts = root?.querySelector('tbody');
const output = root?.querySelector('pre');
const status = root?.querySelector<HTMLElement>('[role=status]');
const result = root?.querySelector<HTMLElement>('[data-result]');

function factsOf(xml: string): [string, string][] {
  const parsed = new DOMParser().parseFromString(xml, 'application/xml');
  const top = parsed.documentElement;
  if (parsed.querySelector('parsererror') !== null) return [];
  const found: [string, string][] = [[top.localName, top.namespaceURI ?? '']];
  for (const [element, attribute] of FACTS) {
    const elements = element === '' ? [top] : [...top.getElementsByTagNameNS('*', element)];
    for (const one of elements) {
      const value = attribute === '' ? one.textContent : one.getAttribute(attribute);
      if (value !== null && value !== '')
        found.push([element === '' ? attribute : `${element} ${attribute}`, value]);
    }
  }
  return found;
}

function row(name: string, value: string): HTMLTableRowElement {
  const line = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = name;
  const cell = document.createElement('td');
  cell.textContent = value;
  line.append(head, cell);
  return line;
}

async function decode(): Promise<void> {
  if (!input || !facts || !output || !status || !result) return;
  const message = await readSamlMessage(input.value);
  result.hidden = message === null;
  status.textContent = message === null ? (status.dataset.none ?? '') : (status.dataset.done ?? '');
  if (message === null) return;
  facts.replaceChildren(
    ...[...message.parameters, ...factsOf(message.xml)].map(([name, value]) => row(name, value)),
  );
  output.textContent = indented(message.xml);
}

button?.addEventListener('click', () => void decode());
