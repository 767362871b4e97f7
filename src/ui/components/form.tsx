import type { Child } from '../jsx/markup.ts';
import type { Page } from '../page.ts';

/**
 * A form of ours: carries the CSRF token as `csrf` and, with `withRequest`, the stored request as
 * `request_id`. `novalidate`, because the server's messages are translated and tied to their fields
 * (UX-3). `action` is written with `at(page, ...)`. A form with method `get` carries neither token.
 */
export const Form = (props: {
  page: Page;
  action: string;
  method?: 'post' | 'get';
  id?: string;
  withRequest?: boolean;
  /** More hidden fields. */
  hidden?: Readonly<Record<string, string>>;
  multipart?: boolean;
  children?: Child;
}) => {
  const post = props.method !== 'get';
  return (
    <form
      class="gh-form"
      id={props.id}
      action={props.action}
      method={post ? 'post' : 'get'}
      enctype={props.multipart ? 'multipart/form-data' : undefined}
      novalidate
    >
      {post ? <input type="hidden" name="csrf" value={props.page.csrf} /> : null}
      {props.withRequest && props.page.requestId ? (
        <input type="hidden" name="request_id" value={props.page.requestId} />
      ) : null}
      {Object.entries(props.hidden ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {props.children}
    </form>
  );
};
