import { describe, expect, it } from 'vitest';
import {
  Accordion,
  Alert,
  Button,
  Checkbox,
  CopyButton,
  EmailField,
  ErrorSummary,
  Form,
  HelpText,
  HiddenUsername,
  Icon,
  LinkButton,
  NeedsScript,
  OneTimeCodeField,
  PasswordField,
  QrCode,
  RadioGroup,
  Select,
  StepIndicator,
  Table,
  TextArea,
  TextField,
} from '../../../src/ui/index.ts';
import { aPage, attribute, countOf, htmlOf, tagOf } from './a-page.ts';

const page = aPage({ requestId: 'request-1' });

describe('HD-2 forms', () => {
  it('carry the CSRF token, and the stored request when asked', () => {
    const html = htmlOf(<Form page={page} action="/login" withRequest hidden={{ step: '2' }} />);
    expect(html).toContain('<input type="hidden" name="csrf" value="csrf-token"/>');
    expect(html).toContain('<input type="hidden" name="request_id" value="request-1"/>');
    expect(html).toContain('<input type="hidden" name="step" value="2"/>');
    expect(attribute(tagOf(html, /^<form/), 'method')).toBe('post');
    expect(tagOf(html, /^<form/)).toContain('novalidate');
  });

  it('carry no request unless asked or when there is none', () => {
    expect(htmlOf(<Form page={page} action="/login" />)).not.toContain('request_id');
    expect(htmlOf(<Form page={aPage()} action="/login" withRequest />)).not.toContain('request_id');
  });

  it('put no token into an address', () => {
    expect(htmlOf(<Form page={page} action="/search" method="get" />)).not.toContain('csrf');
  });
});

describe('UX-3 fields', () => {
  const good = htmlOf(<TextField name="nickname" label="Nickname" hint="Up to 20 letters." value="<Ann>" />);
  const bad = htmlOf(<TextField name="nickname" label="Nickname" hint="Short." error="Too long." />);

  it('have a label', () => {
    expect(good).toContain('<label class="usa-label" for="nickname">Nickname</label>');
  });

  it('keep their value, escaped', () => {
    expect(good).toContain('value="&lt;Ann&gt;"');
  });

  it('say at all times whether they are valid', () => {
    expect(attribute(tagOf(good, /^<input/), 'aria-invalid')).toBe('false');
    expect(attribute(tagOf(bad, /^<input/), 'aria-invalid')).toBe('true');
  });

  it('are described by their hint and their error', () => {
    expect(attribute(tagOf(good, /^<input/), 'aria-describedby')).toBe('nickname-hint');
    expect(attribute(tagOf(bad, /^<input/), 'aria-describedby')).toBe('nickname-hint nickname-error');
    expect(bad).toContain('id="nickname-hint"');
    expect(bad).toContain('id="nickname-error"');
  });

  it('do so in every kind', () => {
    for (const html of [
      htmlOf(<TextArea name="x" label="X" error="No." />),
      htmlOf(<EmailField page={page} name="x" error="No." />),
      htmlOf(<PasswordField page={page} purpose="new" name="x" error="No." />),
      htmlOf(<OneTimeCodeField page={page} name="x" length={6} error="No." />),
      htmlOf(<Select name="x" label="X" choices={[]} error="No." />),
      htmlOf(<Checkbox name="x" label="X" error="No." />),
    ]) {
      const control = tagOf(html, /^<(?:input|select|textarea)[^>]*id="x"/);
      expect(attribute(control, 'aria-invalid')).toBe('true');
      expect(attribute(control, 'aria-describedby')).toContain('x-error');
      expect(html).toContain('No.');
    }
  });

  it('may be left empty when not required', () => {
    expect(tagOf(good, /^<input/)).toContain('required');
    expect(tagOf(htmlOf(<TextField name="a" label="A" required={false} />), /^<input/)).not.toContain(
      'required',
    );
  });

  it('are named in an error summary, each a link to its field', () => {
    const html = htmlOf(
      <ErrorSummary
        page={page}
        problems={[
          { field: 'email', message: 'Enter an address.' },
          { field: 'code', message: 'Enter the code.' },
        ]}
      />,
    );
    expect(html).toContain('There are 2 problems with this page');
    expect(html).toContain('href="#email"');
    expect(html).toContain('href="#code"');
    expect(attribute(tagOf(html, /gh-error-summary/), 'role')).toBe('alert');
  });

  it('need no summary when nothing is wrong', () => {
    expect(
      htmlOf(
        <div>
          <ErrorSummary page={page} problems={[]} />
        </div>,
      ),
    ).toBe('<div></div>');
  });
});

describe('UX-6 buttons', () => {
  it('send their form and name a choice', () => {
    const tag = tagOf(
      htmlOf(
        <Button name="choice" value="later" look="outline">
          Later
        </Button>,
      ),
      /^<button/,
    );
    expect(attribute(tag, 'type')).toBe('submit');
    expect(attribute(tag, 'name')).toBe('choice');
    expect(attribute(tag, 'value')).toBe('later');
  });

  it('that only lead somewhere are links', () => {
    expect(tagOf(htmlOf(<LinkButton href="/help">Help</LinkButton>), /^<a/)).toContain('href="/help"');
  });
});

describe('UX-7 passwords', () => {
  it('tell the password manager which one is meant', () => {
    const current = htmlOf(<PasswordField page={page} purpose="current" />);
    const fresh = htmlOf(<PasswordField page={page} purpose="new" />);
    expect(attribute(tagOf(current, /type="password"/), 'autocomplete')).toBe('current-password');
    expect(attribute(tagOf(fresh, /type="password"/), 'autocomplete')).toBe('new-password');
  });

  it('are never put back', () => {
    expect(
      tagOf(htmlOf(<PasswordField page={page} purpose="current" error="Wrong." />), /type="password"/),
    ).not.toContain('value');
  });

  it('can be shown by a checkbox that appears only with script', () => {
    const html = htmlOf(<PasswordField page={page} purpose="current" />);
    expect(tagOf(html, /^<gh-show-password/)).toContain('hidden');
    expect(html).toContain('Show password');
    expect(htmlOf(<PasswordField page={page} purpose="current" toggle={false} />)).not.toContain(
      'Show password',
    );
  });

  it('share one checkbox on a page with two', () => {
    const html = htmlOf(
      <PasswordField page={page} purpose="new" name="confirm" shows={['password', 'confirm']} />,
    );
    expect(attribute(tagOf(html, /^<gh-show-password/), 'data-inputs')).toBe('password confirm');
  });

  it('say whose they are on a page without an e-mail field', () => {
    const tag = tagOf(htmlOf(<HiddenUsername email="a@example.com" />), /^<input/);
    expect(attribute(tag, 'autocomplete')).toBe('username');
    expect(attribute(tag, 'value')).toBe('a@example.com');
  });
});

describe('UX-8 password strength', () => {
  it('has five levels, spoken politely', () => {
    const html = htmlOf(<PasswordField page={page} purpose="new" strength />);
    const meter = tagOf(html, /^<gh-password-strength/);
    expect([0, 1, 2, 3, 4].map((level) => attribute(meter, `data-level-${level}`))).toEqual([
      'Very weak',
      'Weak',
      'Average',
      'Good',
      'Great!',
    ]);
    expect(meter).toContain('hidden');
    expect(html).toContain('role="status"');
    expect(attribute(meter, 'data-words')).toMatch(/^\/static\/words\/common-passwords\.txt\?v=[0-9a-f]{8}$/);
  });
});

describe('UX-9 one-time codes', () => {
  it('use one input that browsers can fill', () => {
    const html = htmlOf(<OneTimeCodeField page={page} length={6} sms />);
    const input = tagOf(html, /^<input/);
    expect(countOf(html, 'input')).toBe(1);
    expect(attribute(input, 'name')).toBe('code');
    expect(attribute(input, 'inputmode')).toBe('numeric');
    expect(attribute(input, 'autocomplete')).toBe('one-time-code');
    expect(input).toContain('data-web-otp');
    expect(html).toContain('Example: 123456');
  });

  it('accept letters where the code has letters', () => {
    const input = tagOf(htmlOf(<OneTimeCodeField page={page} length={12} kind="alphanumeric" />), /^<input/);
    expect(attribute(input, 'inputmode')).toBe('text');
    expect(input).not.toContain('data-web-otp');
  });

  it('leave room for pasted spaces and dashes', () => {
    const input = tagOf(htmlOf(<OneTimeCodeField page={page} length={6} />), /^<input/);
    expect(Number(attribute(input, 'maxlength'))).toBeGreaterThan(6);
  });
});

describe('choices', () => {
  const choices = [
    { value: 'app', label: 'App', description: 'On your phone.' },
    { value: 'key', label: 'Key' },
  ];

  it('stand in a labelled group, of which the first has the id an error links to', () => {
    const html = htmlOf(
      <RadioGroup name="method" label="Method" choices={choices} selected="key" error="Choose." />,
    );
    expect(html).toContain('<legend class="usa-legend">Method</legend>');
    expect(attribute(tagOf(html, /id="method"/), 'value')).toBe('app');
    expect(tagOf(html, /value="key"/)).toContain('checked');
    expect(tagOf(html, /value="app"/)).not.toContain('checked');
    expect(attribute(tagOf(html, /value="app"/), 'aria-describedby')).toBe('method-description');
  });

  it('can be a list', () => {
    expect(
      tagOf(htmlOf(<Select name="m" label="M" choices={choices} selected="key" />), /value="key"/),
    ).toContain('selected');
  });
});

describe('UX-5 pictures', () => {
  it('are decorative', () => {
    expect(tagOf(htmlOf(<Icon name="lock" />), /^<svg/)).toContain('aria-hidden="true"');
  });

  it('that carry content have a label', () => {
    const html = htmlOf(
      <QrCode svg='<svg viewBox="0 0 2 2"><path d="M0 0h1v1H0Z"/></svg>' label="QR code" />,
    );
    expect(html).toContain('role="img" aria-label="QR code"');
    expect(html).toContain('<path d="M0 0h1v1H0Z"/>');
  });

  it('are refused unless they are plain drawings', () => {
    for (const svg of [
      '<svg onload="alert(1)"></svg>',
      '<svg><script>alert(1)</script></svg>',
      '<svg viewBox="0 0 1 1"><image href="https://x.example"/></svg>',
      '<svg viewBox="0 0 1 1"></svg><script>alert(1)</script>',
      '<svg viewBox="0 0 1 1" style="x"></svg>',
      '<svg viewBox="">x</svg>',
    ]) {
      expect(() => htmlOf(<QrCode svg={svg} label="x" />)).toThrow('not a plain SVG drawing');
    }
  });
});

describe('UX-11 steps', () => {
  it('form a labelled region and say in words how each stands', () => {
    const html = htmlOf(<StepIndicator page={page} steps={['One', 'Two', 'Three']} current={1} />);
    expect(attribute(tagOf(html, /^<section/), 'aria-label')).toBe('Progress');
    expect(html).toContain('Step 2 of 3');
    expect(html).toMatch(/One <span[^>]*>\(complete\)/);
    expect(html).toMatch(/Two <span[^>]*>\(current step\)/);
    expect(html).toMatch(/Three <span[^>]*>\(not complete\)/);
    expect(html.split('aria-current="step"').length - 1).toBe(1);
  });
});

describe('UX-13 without script', () => {
  it('helpers stay hidden and say what they need', () => {
    expect(tagOf(htmlOf(<CopyButton page={page} text="abc" />), /^<gh-copy/)).toContain('hidden');
    expect(htmlOf(<NeedsScript page={page} />)).toContain('<noscript>');
  });

  it('details still open', () => {
    expect(htmlOf(<Accordion summary="More">Text</Accordion>)).toContain(
      '<details class="gh-accordion"><summary>More',
    );
  });
});

describe('alerts and tables', () => {
  it('that are no news are not announced', () => {
    expect(
      htmlOf(
        <Alert type="info" live={false}>
          Text
        </Alert>,
      ),
    ).not.toContain('role=');
  });

  it('name rows and columns', () => {
    const html = htmlOf(
      <Table caption="Events" columns={['Event', 'When']} rows={[['Signed in', 'Today']]} />,
    );
    expect(html).toContain('<caption>Events</caption>');
    expect(html).toContain('<th scope="col">When</th>');
    expect(html).toContain('<th scope="row">Signed in</th>');
    expect(html).toContain('<td data-label="When">Today</td>');
  });
});

describe('AP-3 help text of an app', () => {
  it('is drawn from a tree and escaped', () => {
    const html = htmlOf(
      <HelpText
        nodes={[
          {
            tag: 'p',
            href: null,
            blank: false,
            children: ['<b>Hello</b> ', { tag: 'br', href: null, blank: false, children: [] }],
          },
          { tag: 'a', href: 'https://app.example/', blank: true, children: ['Help'] },
        ]}
      />,
    );
    expect(html).toContain('<p>&lt;b&gt;Hello&lt;/b&gt; <br/></p>');
    expect(html).toContain('<a href="https://app.example/" target="_blank" rel="noopener">Help</a>');
  });

  it('has no link that could run script or leave by a trick', () => {
    for (const href of [
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'data:text/html,x',
      '//evil.example',
      '/\\evil.example',
    ]) {
      expect(htmlOf(<HelpText nodes={[{ tag: 'a', href, blank: false, children: ['x'] }]} />)).toContain(
        '<a>x</a>',
      );
    }
  });
});
