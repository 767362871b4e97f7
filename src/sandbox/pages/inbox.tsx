import {
  Actions,
  at,
  Button,
  DefinitionList,
  Form,
  formatDateTime,
  type MessageKey,
  type Page,
  Table,
  TextField,
} from '../../ui/index.ts';
import { linksIn } from '../links-in.ts';
import type { StoredMessage } from '../ports.ts';
import { SandboxLayout } from './sandbox-layout.tsx';

const CHANNEL_WORDS = {
  email: 'sandbox.channel.email',
  sms: 'sandbox.channel.sms',
  voice: 'sandbox.channel.voice',
  letter: 'sandbox.channel.letter',
} as const satisfies Record<StoredMessage['channel'], MessageKey>;

export interface InboxProps {
  readonly page: Page;
  readonly to: string;
  /** null until somebody says whose messages to show. */
  readonly messages: readonly StoredMessage[] | null;
}

/** What was sent, newest first. */
export const InboxPage = ({ page, to, messages }: InboxProps) => {
  const { t } = page;
  return (
    <SandboxLayout page={page} title={t('sandbox.inbox.title')} section="inbox">
      <p>{t('sandbox.inbox.intro')}</p>
      <Form page={page} action={at(page, '/sandbox/inbox')} method="get">
        <TextField
          name="to"
          label={t('sandbox.inbox.to')}
          value={to}
          type="search"
          maxlength={254}
          spellcheck={false}
          required={false}
        />
        <Actions>
          <Button look="outline">{t('sandbox.inbox.show')}</Button>
        </Actions>
      </Form>
      {messages === null ? null : messages.length === 0 ? (
        <p>{t('sandbox.inbox.none')}</p>
      ) : (
        <Table
          caption={t('sandbox.inbox.messages')}
          hideCaption
          columns={[
            t('sandbox.inbox.subject'),
            t('sandbox.inbox.recipient'),
            t('sandbox.inbox.channel'),
            t('sandbox.inbox.sent'),
          ]}
          rows={messages.map((message) => [
            <a href={at(page, `/sandbox/inbox/${message.id}`)}>
              {message.subject || t(CHANNEL_WORDS[message.channel])}
            </a>,
            message.to,
            t(CHANNEL_WORDS[message.channel]),
            formatDateTime(t.locale, message.sentAt),
          ])}
        />
      )}
    </SandboxLayout>
  );
};

/** One message: its words, the links in it and its code. Its HTML is not run here: the text says the same. */
export const MessagePage = ({ page, message }: { page: Page; message: StoredMessage }) => {
  const { t } = page;
  const links = linksIn(message.text);
  return (
    <SandboxLayout page={page} title={t('sandbox.message.title')} section="inbox">
      <DefinitionList
        items={[
          ...(message.subject === '' ? [] : [{ term: t('sandbox.inbox.subject'), detail: message.subject }]),
          { term: t('sandbox.inbox.recipient'), detail: message.to },
          { term: t('sandbox.inbox.channel'), detail: t(CHANNEL_WORDS[message.channel]) },
          { term: t('sandbox.inbox.sent'), detail: formatDateTime(t.locale, message.sentAt) },
          ...(message.code === null
            ? []
            : [{ term: t('sandbox.message.code'), detail: <code>{message.code}</code> }]),
        ]}
      />
      <h2>{t('sandbox.message.text')}</h2>
      {message.text
        .trim()
        .split(/\n{2,}/)
        .map((block) => (
          <p>
            {block.split('\n').map((line, index) => (
              <>
                {index === 0 ? null : <br />}
                {line}
              </>
            ))}
          </p>
        ))}
      {links.length === 0 ? null : (
        <>
          <h2>{t('sandbox.message.links')}</h2>
          <ul>
            {links.map((link) => (
              <li>
                <a href={link}>{link}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href={at(page, `/sandbox/inbox?to=${encodeURIComponent(message.to)}`)}>
          {t('sandbox.message.back')}
        </a>
      </p>
    </SandboxLayout>
  );
};
