import {
  Accordion,
  Actions,
  Alert,
  Button,
  Card,
  Checkbox,
  CopyButton,
  DefinitionList,
  DownloadButton,
  EmailField,
  ErrorSummary,
  Form,
  HelpText,
  HiddenUsername,
  Layout,
  LinkButton,
  NeedsScript,
  OneTimeCodeField,
  type Page,
  PasswordField,
  PrintButton,
  QrCode,
  RadioGroup,
  renderPage,
  Select,
  StatusPage,
  StepIndicator,
  Table,
  TextArea,
  TextField,
  translator,
} from '../../../src/ui/index.ts';
import '../../support/all-words.ts';

export const NONCE = 'dGVzdC1ub25jZS10ZXN0LW5vbmNl';

const aPage = (over: Partial<Page> = {}): Page => ({
  t: translator('en'),
  brand: 'Gatehouse',
  environment: 'local',
  path: '/',
  nonce: NONCE,
  csrf: 'csrf-token',
  links: { help: '/help', contact: '/contact', privacy: '/privacy' },
  ...over,
});

const signedIn = (remainingMs: number): Page =>
  aPage({
    session: { now: 0, expiresAt: remainingMs, signOutAction: '/logout', expiredHref: '/?timeout=session' },
    signedIn: { email: 'ann@example.com', accountHref: '/account' },
    flashes: [{ type: 'success', text: 'Your password was changed.' }],
  });

const SignIn = (props: { page: Page }) => (
  <Layout page={props.page} title="Sign in">
    <HelpText nodes={['Use the address you gave to Harbor Permits.']} />
    <Form page={props.page} action="/post" withRequest>
      <EmailField page={props.page} autocomplete="username" />
      <PasswordField page={props.page} purpose="current" />
      <Actions>
        <Button>Sign in</Button>
        <LinkButton href="/sign_up">Create an account</LinkButton>
        <LinkButton href="/forgot" look="link">
          Forgot your password?
        </LinkButton>
      </Actions>
    </Form>
  </Layout>
);

const NewPassword = (props: { page: Page }) => (
  <Layout
    page={props.page}
    title="Create a password"
    scripts={['password-strength']}
    before={<StepIndicator page={props.page} steps={['Email', 'Password', 'Methods']} current={1} />}
  >
    <ErrorSummary
      page={props.page}
      problems={[{ field: 'password', message: 'Use at least 12 characters.' }]}
    />
    <Form page={props.page} action="/post">
      <HiddenUsername email="ann@example.com" />
      <PasswordField
        page={props.page}
        purpose="new"
        hint="A sentence works well."
        error="Use at least 12 characters."
        strength
        toggle={false}
      />
      <PasswordField
        page={props.page}
        purpose="new"
        name="confirm"
        label="Type it again"
        shows={['password', 'confirm']}
      />
      <Checkbox name="terms" label="I accept the rules of use" hint="Read them any time." />
      <Button>Continue</Button>
    </Form>
  </Layout>
);

const Choices = (props: { page: Page }) => (
  <Layout page={props.page} title="Choose how to sign in">
    <NeedsScript page={props.page} />
    <Form page={props.page} action="/post">
      <RadioGroup
        name="method"
        label="Methods"
        tiles
        selected="passkey"
        choices={[
          { value: 'passkey', label: 'Face or touch unlock', description: 'Safest, and the fastest.' },
          { value: 'app', label: 'Authentication app', description: 'Codes from an app.' },
          { value: 'codes', label: 'Backup codes', description: 'Keep them safe.', disabled: true },
        ]}
      />
      <OneTimeCodeField page={props.page} length={6} />
      <Select name="language" label="Email language" choices={[{ value: 'en', label: 'English' }]} />
      <TextField name="nickname" label="Nickname" error="Too long." />
      <TextArea name="certificate" label="Certificate" />
      <Actions>
        <Button>Continue</Button>
        <Button look="outline" name="choice" value="later">
          Later
        </Button>
        <Button look="destructive" name="choice" value="delete">
          Delete this method
        </Button>
      </Actions>
    </Form>
  </Layout>
);

const Account = (props: { page: Page }) => (
  <Layout
    page={props.page}
    title="Your account"
    width="wide"
    nav={{ label: 'Account', items: [{ href: '/account', label: 'Overview', current: true }] }}
  >
    <Card
      heading="Email addresses"
      actions={
        <LinkButton href="/add" look="link">
          Add an address
        </LinkButton>
      }
    >
      <DefinitionList
        items={[
          {
            term: 'Email',
            detail: 'a.rather.long.address.of.somebody@department.example',
            action: <a href="/d">Delete</a>,
          },
        ]}
      />
    </Card>
    <Card heading="History">
      <Table
        caption="Events"
        columns={['Event', 'When', 'Where']}
        rows={[['Signed in', 'November 22, 2026 at 1:09 PM UTC', 'Chrome']]}
      />
    </Card>
    <Accordion summary="What is this?">A list of events.</Accordion>
  </Layout>
);

const Secret = (props: { page: Page }) => (
  <Layout page={props.page} title="Add an authentication app">
    <QrCode
      svg='<svg viewBox="0 0 2 2" xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1v1H0Z"/></svg>'
      label="QR code"
    />
    <p>JBSW Y3DP</p>
    <CopyButton page={props.page} text="JBSWY3DP" />
    <DownloadButton page={props.page} text="JBSWY3DP" filename="codes.txt" />
    <PrintButton page={props.page} />
  </Layout>
);

const Status = (props: { page: Page; status: 'success' | 'info' | 'warning' | 'error' }) => (
  <StatusPage
    page={props.page}
    status={props.status}
    title="How it went"
    actions={<LinkButton href="/">Go on</LinkButton>}
    troubleshooting={[{ href: '/help', label: 'Get help' }]}
  >
    <Alert type={props.status} heading="More" live={false}>
      And an alert of the same kind.
    </Alert>
  </StatusPage>
);

const app = { name: 'Harbor Permits', logo: '/logo.svg' };

/** Example pages with every component, by path. */
export const gallery: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    '/sign-in': <SignIn page={aPage({ app, flashes: [{ type: 'info', text: 'Please sign in again.' }] })} />,
    '/new-password': <NewPassword page={aPage()} />,
    '/choices': <Choices page={aPage()} />,
    '/account': <Account page={signedIn(900_000)} />,
    '/account-soon': <Account page={signedIn(100_000)} />,
    '/secret': <Secret page={aPage({ environment: 'production' })} />,
    '/success': <Status page={aPage({ t: translator('es'), localeInPath: 'es' })} status="success" />,
    '/info': <Status page={aPage({ t: translator('fr') })} status="info" />,
    '/warning': <Status page={aPage({ t: translator('zh') })} status="warning" />,
    '/error': <Status page={aPage()} status="error" />,
  }).map(([path, page]) => [path, renderPage(page).toString()]),
);
