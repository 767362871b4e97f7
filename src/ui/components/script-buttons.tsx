import type { Page } from '../page.ts';
import { Icon } from './icon.tsx';

/** Buttons that only a script can carry out; they appear when it runs (UX-13). The content must also be on the page as text. */

const Helper = (props: {
  kind: 'copy' | 'download' | 'print';
  label: string;
  data?: Readonly<Record<string, string>>;
}) => (
  <button class="usa-button usa-button--unstyled gh-button--link gh-helper" type="button" {...props.data}>
    <Icon name={props.kind} size="small" />
    <span>{props.label}</span>
  </button>
);

/** Copies a text to the clipboard and says so. */
export const CopyButton = (props: { page: Page; text: string; label?: string }) => (
  <gh-copy hidden data-text={props.text} data-done={props.page.t('layout.copy.done')}>
    <Helper kind="copy" label={props.label ?? props.page.t('layout.copy.button')} />
    <span class="gh-helper__done" role="status"></span>
  </gh-copy>
);

/** Saves a text as a file. */
export const DownloadButton = (props: { page: Page; text: string; filename: string; label?: string }) => (
  <gh-download hidden data-text={props.text} data-filename={props.filename}>
    <Helper kind="download" label={props.label ?? props.page.t('layout.download.button')} />
  </gh-download>
);

/** Prints the page. */
export const PrintButton = (props: { page: Page; label?: string }) => (
  <gh-print hidden>
    <Helper kind="print" label={props.label ?? props.page.t('layout.print.button')} />
  </gh-print>
);

/** UX-13: says, only where scripts are off, that this page needs them. */
export const NeedsScript = (props: { page: Page }) => (
  <noscript>
    <div class="usa-alert usa-alert--warning usa-alert--slim">
      <div class="usa-alert__body">
        <p class="usa-alert__text">{props.page.t('layout.required.script')}</p>
      </div>
    </div>
  </noscript>
);
