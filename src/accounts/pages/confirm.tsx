import { Actions, at, Button, Form, Layout, LinkButton, type Page } from '../../ui/index.ts';
import type { Child } from '../../ui/jsx/markup.ts';

/**
 * Asks before something is taken away (UX-6): says what will happen, one destructive button, one way back. `action`
 * and `back` are paths of our own.
 */
export const ConfirmPage = (props: {
  page: Page;
  title: string;
  action: string;
  submit: string;
  back: string;
  hidden?: Readonly<Record<string, string>>;
  children?: Child;
}) => {
  const { page } = props;
  return (
    <Layout page={page} title={props.title}>
      {props.children}
      <Form page={page} action={at(page, props.action)} hidden={props.hidden ?? {}}>
        <Actions>
          <Button look="destructive">{props.submit}</Button>
          <LinkButton href={at(page, props.back)}>{page.t('accounts.confirm.cancel')}</LinkButton>
        </Actions>
      </Form>
    </Layout>
  );
};
