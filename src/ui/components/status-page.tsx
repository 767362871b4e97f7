import type { Child } from '../jsx/markup.ts';
import { Layout } from '../layout.tsx';
import type { AlertType, Page } from '../page.ts';
import { Icon, type IconName } from './icon.tsx';

const icons: { readonly [T in AlertType]: IconName } = {
  success: 'check',
  info: 'info',
  warning: 'warning',
  error: 'error',
};

/**
 * A page that tells how something went (UX-12): picture, heading, text, actions and, below, what else
 * one can do. The picture is decorative: the heading must say it all. `icon` replaces the usual one.
 */
export const StatusPage = (props: {
  page: Page;
  status: AlertType;
  title: string;
  heading?: Child;
  icon?: IconName;
  actions?: Child;
  troubleshooting?: readonly { readonly href: string; readonly label: string }[];
  /** The stable id of a refusal, as the error dictionary lists it. */
  errorId?: string;
  children?: Child;
}) => (
  <Layout
    page={props.page}
    title={props.title}
    heading={props.heading}
    before={
      <div class={`gh-status gh-status--${props.status}`}>
        <Icon name={props.icon ?? icons[props.status]} size="large" />
      </div>
    }
  >
    {props.children}
    {props.actions ? <div class="gh-actions">{props.actions}</div> : null}
    {props.troubleshooting && props.troubleshooting.length > 0 ? (
      <TroubleshootingList page={props.page} links={props.troubleshooting} />
    ) : null}
    {props.errorId ? (
      <p data-error-id={props.errorId}>
        {props.page.t('layout.failure.error_id')} <code lang="en">{props.errorId}</code>
        {props.page.supportId ? <br /> : null}
        {props.page.supportId
          ? props.page.t('layout.failure.request_id', { id: props.page.supportId })
          : null}
      </p>
    ) : null}
  </Layout>
);

/** "Having trouble?" and what to try. */
export const TroubleshootingList = (props: {
  page: Page;
  links: readonly { readonly href: string; readonly label: string }[];
}) => (
  <section class="gh-troubleshooting">
    <h2 class="gh-troubleshooting__heading">{props.page.t('layout.troubleshooting')}</h2>
    <ul>
      {props.links.map((link) => (
        <li>
          <a href={link.href}>{link.label}</a>
        </li>
      ))}
    </ul>
  </section>
);
