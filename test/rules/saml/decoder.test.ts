import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { indented, readSamlMessage } from '../../../src/ui/public/scripts/elements/saml-message.ts';
import { authnRequest, base64, deflated } from './a-request.ts';

const XML = authnRequest();
const query = new URLSearchParams({
  SAMLRequest: deflated(XML),
  RelayState: 'a b',
  SigAlg: 'urn:x',
}).toString();

describe('the decoder of the sandbox', () => {
  it.each([
    ['XML', `\n${XML} `],
    ['base64', base64(XML)],
    ['base64 in lines', base64(XML).replace(/(.{60})/g, '$1\n')],
    ['percent-encoded base64', encodeURIComponent(base64(XML))],
    ['deflated', deflated(XML)],
    [
      'deflated with a trailer',
      Buffer.concat([deflateRawSync(XML), Buffer.from([1, 2, 3, 4])]).toString('base64'),
    ],
    ['an address', `https://idp.test/api/saml/auth2026?${query}`],
    ['a query', query],
  ])('reads %s', async (_, pasted) => {
    expect((await readSamlMessage(pasted))?.xml).toBe(XML);
  });

  it('keeps what came beside the message', async () => {
    expect((await readSamlMessage(query))?.parameters).toEqual([
      ['RelayState', 'a b'],
      ['SigAlg', 'urn:x'],
    ]);
  });

  it.each(['', 'hello', 'SAMLRequest=', 'SAMLRequest=%%%', base64('no markup'), 'https://idp.test/?x=1'])(
    'finds nothing in %s',
    async (pasted) => {
      expect(await readSamlMessage(pasted)).toBeNull();
    },
  );

  it('gives up on a bomb', async () => {
    expect(
      await readSamlMessage(deflateRawSync(Buffer.alloc(8_000_000, 0x20)).toString('base64')),
    ).toBeNull();
  });

  it('writes a line for each element, and short ones on one', () => {
    expect(indented('<a><b x="1">text</b><c/><d><e></e></d></a>').split('\n')).toEqual([
      '<a>',
      '  <b x="1">text</b>',
      '  <c/>',
      '  <d>',
      '    <e></e>',
      '  </d>',
      '</a>',
    ]);
  });
});
