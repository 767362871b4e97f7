import { renderPage, type Translate } from '../../ui/index.ts';
import type { Child } from '../../ui/jsx/markup.ts';
import type { NoticeDraft, NoticeLink } from './draft-notice.ts';

/**
 * Mail programs know no style sheets, so the few styles stand on the elements. No remote content but the operator's
 * logo, the same for everybody: nothing tells who opened what (UX-15).
 */
const STYLE = {
  body: 'margin:0;padding:24px 12px;background:#f0f2f5;color:#1b1f24;font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5',
  card: 'max-width:560px;margin:0 auto;padding:28px;background:#ffffff;border:1px solid #d5dae1;border-radius:6px',
  brand: 'margin:0 0 20px;font-size:18px;font-weight:bold;color:#17324d',
  heading: 'margin:0 0 16px;font-size:24px;line-height:1.25;color:#17324d',
  paragraph: 'margin:0 0 16px',
  term: 'padding:4px 16px 4px 0;text-align:left;vertical-align:top;font-weight:bold',
  value: 'padding:4px 0;text-align:left;vertical-align:top',
  button:
    'display:inline-block;padding:12px 20px;background:#17324d;color:#ffffff;text-decoration:none;border-radius:4px;font-weight:bold',
  address: 'margin:0 0 20px;font-size:14px;color:#4a5562;word-break:break-all',
  footer: 'max-width:560px;margin:16px auto 0;font-size:13px;color:#4a5562',
} as const;

const LinkBlock = (props: { link: NoticeLink }) => (
  <>
    <p style={STYLE.paragraph}>
      <a href={props.link.url} style={STYLE.button}>
        {props.link.label}
      </a>
    </p>
    <p style={STYLE.address}>
      <a href={props.link.url}>{props.link.url}</a>
    </p>
  </>
);

const Paragraph = (props: { children: Child }) => <p style={STYLE.paragraph}>{props.children}</p>;

/** The HTML half of a notice: a whole document, everything escaped, every address readable beside its button. */
export const noticeHtml = (
  draft: NoticeDraft,
  t: Translate,
  frame: {
    readonly brand: string;
    readonly origin: string;
    readonly logoUrl: string | null;
    readonly footer: string;
  },
): string =>
  renderPage(
    <html lang={t.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{draft.subject}</title>
      </head>
      <body style={STYLE.body}>
        <div style={STYLE.card}>
          <p style={STYLE.brand}>
            {frame.logoUrl === null ? (
              frame.brand
            ) : (
              <img src={frame.logoUrl} alt={frame.brand} height="40" style="border:0" />
            )}
          </p>
          <h1 style={STYLE.heading}>{draft.subject}</h1>
          {draft.paragraphs.map((text) => (
            <Paragraph>{text}</Paragraph>
          ))}
          {draft.facts.length === 0 ? null : (
            <table style="margin:0 0 16px;border-collapse:collapse">
              <tbody>
                {draft.facts.map((fact) => (
                  <tr>
                    <th scope="row" style={STYLE.term}>
                      {fact.name}
                    </th>
                    <td style={STYLE.value}>{fact.value}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {draft.links.map((link) => (
            <LinkBlock link={link} />
          ))}
          {draft.closing.map((text) => (
            <Paragraph>{text}</Paragraph>
          ))}
        </div>
        <p style={STYLE.footer}>
          {frame.footer} <a href={frame.origin}>{frame.origin}</a>
        </p>
      </body>
    </html>,
  ).toString();
