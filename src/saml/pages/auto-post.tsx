import { assetUrl, scriptUrl } from '../../ui/assets.ts';
import { type Locale, renderPage, translator } from '../../ui/index.ts';
import { escapeAttribute } from '../xml/escape.ts';

/** A form that sends itself: where to, and its hidden fields in order. */
export interface AutoPost {
  readonly locale: Locale;
  readonly brand: string;
  /** Of this response's policy: base64 characters only. */
  readonly nonce: string;
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/**
 * Stands where the page differs from one sign-in to the next: a character that no text of ours has. One of ASCII, since
 * engines keep text with any other character at twice the size and write it out slowly.
 */
const CUT = '\u0001';

/**
 * P1 to P3: the page on the way between us and an app, as text. Scripts send the form at once; without them the
 * heading says where the person stands and the button goes on. Every sign-in ends with it, so what never changes is
 * rendered once for each language; what changes is escaped and put in.
 */
export function autoPostPage({ locale, brand, nonce, action, fields }: AutoPost): string {
  const [beforeStyle, beforeScript, beforeAction, beforeFields, end] = piecesFor(locale, brand);
  const inputs = fields.map(([name, value]) => hiddenInput(escaped(name), escaped(value)));
  const target = escaped(action);
  return `${beforeStyle}${nonce}${beforeScript}${nonce}${beforeAction}${target}${beforeFields}${inputs.join('')}${end}`;
}

/** Fit for an attribute between double quotes, wherever HTML or somebody who takes it for XML reads it. */
const escaped = (value: string): string => escapeAttribute(value).replaceAll('>', '&gt;');

const hiddenInput = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" id="${name}" value="${value}"/>`;

type Pieces = readonly [string, string, string, string, string];
const prepared = new Map<string, Pieces>();

function piecesFor(asked: Locale, brand: string): Pieces {
  // The language it is in: English while the words of another are not here.
  const { locale } = translator(asked);
  const name = `${locale} ${brand}`;
  const known = prepared.get(name);
  if (known !== undefined) return known;
  const [style, script, action, fields, end, more] = String(
    renderPage(<Shell locale={locale} brand={brand} />),
  ).split(CUT);
  if (
    style === undefined ||
    script === undefined ||
    action === undefined ||
    fields === undefined ||
    end === undefined ||
    more !== undefined
  )
    throw new Error('the page was cut in the wrong places');
  const pieces: Pieces = [style, script, action, fields, end];
  prepared.set(name, pieces);
  return pieces;
}

/** It carries no frame, since nobody is meant to stay. */
const Shell = ({ locale, brand }: Pick<AutoPost, 'locale' | 'brand'>) => {
  const t = translator(locale);
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <title>{t('layout.title', { page: t('saml.post.title'), brand })}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="stylesheet" href={assetUrl('gatehouse.css')} nonce={CUT} />
        <script type="module" src={scriptUrl('auto-post')} nonce={CUT}></script>
      </head>
      <body class="gh-body">
        <main class="gh-main" id="main-content">
          <h1 class="gh-heading">{t('saml.post.title')}</h1>
          <p>{t('saml.post.text')}</p>
          <form method="post" action={CUT} data-auto-post>
            {CUT}
            <button class="usa-button gh-button" type="submit">
              {t('saml.post.continue')}
            </button>
          </form>
        </main>
      </body>
    </html>
  );
};
