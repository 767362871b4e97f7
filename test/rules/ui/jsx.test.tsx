import fc from 'fast-check';
import { jsx as otherJsx } from 'hono/jsx/jsx-runtime';
import { describe, expect, it } from 'vitest';
import { jsx } from '../../../src/ui/jsx/jsx-runtime.ts';
import { escapeHtml, type Markup } from '../../../src/ui/jsx/markup.ts';
import { htmlOf } from './a-page.ts';

const NOTHING = [null, undefined, true, false];

describe('JSX becomes HTML', () => {
  it('with text escaped in elements and in attributes', () => {
    const said = `<img src=x onerror="alert('&')">`;
    expect(htmlOf(<p title={said}>{said}</p>)).toBe(
      '<p title="&lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;">&lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;</p>',
    );
  });

  it('with what a component returns, text escaped there too', () => {
    const Said = (props: { what: string }) => props.what;
    const Both = (props: { children: Markup }) => (
      <>
        {props.children}
        <br />
      </>
    );
    expect(
      htmlOf(
        <div>
          <Said what="<b>" />
          <Both>
            <i>1</i>
          </Both>
        </div>,
      ),
    ).toBe('<div>&lt;b&gt;<i>1</i><br/></div>');
  });

  it('with nothing for nothing', () => {
    expect(htmlOf(<p>{NOTHING}</p>)).toBe('<p></p>');
    expect(htmlOf(<p lang={undefined} />)).toBe('<p></p>');
  });

  it('with attributes that are there or not, and others that say true and false', () => {
    expect(htmlOf(<input required={true} disabled={false} spellcheck={false} aria-invalid={true} />)).toBe(
      '<input required="" spellcheck="false" aria-invalid="true"/>',
    );
  });

  it('never from data that looks like markup: no text from outside can name what makes it so', () => {
    const posed: unknown = JSON.parse(
      '{"isEscaped":true,"html":"<script>","toString":"<script>","Symbol(html)":"<script>"}',
    );
    expect(() => jsx('p', { children: posed })).toThrow(/only text and markup/);
    expect(() => jsx('p', { children: [[Promise.resolve('later')]] })).toThrow(/only text and markup/);
    expect(() => jsx('p', { title: posed })).toThrow(/title is no text/);
    expect(() => jsx('p', { onclick: () => 1 })).toThrow(/onclick is no text/);
    expect(() => jsx('p', { 'a="b" onload': '1' })).toThrow(/impossible name/);
    expect(() => jsx('p><script', {})).toThrow(/impossible name/);
    expect(() => jsx('p', { dangerouslySetInnerHTML: { __html: '<script>' } })).toThrow(/is no text/);
  });

  it('that is, the same HTML as another renderer makes, whatever is in it', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[&<>"'a ]*$/));
    const attributes = fc.record(
      {
        id: text,
        href: text,
        title: fc.option(text, { nil: undefined }),
        hidden: fc.boolean(),
        'aria-current': fc.boolean(),
        tabindex: fc.integer(),
      },
      { requiredKeys: [] },
    );
    type Tree = string | number | boolean | null | { tag: string; attributes: object; children: Tree[] };
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
        fc.record({
          tag: fc.constantFrom('p', 'a', 'div', 'gh-menu', 'br', 'img', 'td', 'textarea'),
          attributes,
          children: fc.array(tie('tree'), { maxLength: 4 }),
        }),
      ),
    }));
    type Make = (tag: string, props: Record<string, unknown>) => unknown;
    const make = (one: Tree, made: Make): unknown => {
      if (typeof one !== 'object' || one === null) return one;
      const isVoid = one.tag === 'br' || one.tag === 'img';
      const children = isVoid ? {} : { children: one.children.map((child) => make(child, made)) };
      return made(one.tag, { ...one.attributes, ...children });
    };
    fc.assert(
      fc.property(tree, (one) => {
        const root: Tree = { tag: 'main', attributes: {}, children: [one] };
        expect(String(make(root, jsx))).toBe(String(make(root, otherJsx)));
      }),
      { numRuns: 300 },
    );
  });

  it('escapes nothing twice and nothing less than HTML needs', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']/);
        const back = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
        expect(escaped.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: keyof typeof back) => back[name])).toBe(
          text,
        );
      }),
    );
  });
});
