import { assetUrl, scriptUrl } from '../../ui/assets.ts';
import { type Locale, translator } from '../../ui/index.ts';

/** A form that sends itself: where to, and its hidden fields in order. */
export interface AutoPost {
  readonly locale: Locale;
  readonly brand: string;
  readonly nonce: string;
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/**
 * P1 to P3: the page on the way between us and an app. Scripts send the form at once; without them the heading says
 * where the person stands and the button goes on. It carries no frame, since nobody is meant to stay.
 */
export const AutoPostPage = ({ locale, brand, nonce, action, fields }: AutoPost) => {
  const t = translator(locale);
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <title>{t('layout.title', { page: t('saml.post.title'), brand })}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="stylesheet" href={assetUrl('gatehouse.css')} nonce={nonce} />
        <script type="module" src={scriptUrl('auto-post')} nonce={nonce}></script>
      </head>
      <body class="gh-body">
        <main class="gh-main" id="main-content">
          <h1 class="gh-heading">{t('saml.post.title')}</h1>
          <p>{t('saml.post.text')}</p>
          <form method="post" action={action} data-auto-post>
            {fields.map(([name, value]) => (
              <input type="hidden" name={name} id={name} value={value} />
            ))}
            <button class="usa-button gh-button" type="submit">
              {t('saml.post.continue')}
            </button>
          </form>
        </main>
      </body>
    </html>
  );
};
