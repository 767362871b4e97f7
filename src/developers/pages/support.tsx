import type { Page } from '../../ui/index.ts';
import type { ErrorEntry, ErrorGroup } from '../errors.ts';
import { DeveloperPage, DictionaryContents } from './developer-page.tsx';

const Entry = ({ id, aliases, message, cause, fix }: ErrorEntry) => (
  <section aria-labelledby={id} data-error-id={id}>
    <h3 id={id}>
      <a href={`#${id}`}>{id}</a>
    </h3>
    {aliases.map((alias) => (
      <p id={alias}>
        Also: <code>{alias}</code>
      </p>
    ))}
    <blockquote>{message}</blockquote>
    <p>
      <strong>Cause:</strong> {cause}
    </p>
    <p>
      <strong>Fix:</strong> {fix}
    </p>
  </section>
);

/** G7, G8: the error dictionary; error messages link to its entries, whose ids are the anchors. */
export const SupportPage = ({ page, dictionary }: { page: Page; dictionary: readonly ErrorGroup[] }) => (
  <DeveloperPage page={page} title={page.t('developers.support.title')} current="support">
    <p>
      Every error has a stable id, and most messages end with a link to theirs. Every page and every machine
      answer, published documents aside, also carries a request id (<code>x-request-id</code>): quote it when
      you report a problem.
    </p>
    <DictionaryContents page={page} dictionary={dictionary} />
    {dictionary.map(({ id, title, where, entries }) => (
      <>
        <h2 id={`group-${id}`}>{title}</h2>
        <p>{where}</p>
        {entries.map((entry) => (
          <Entry {...entry} />
        ))}
      </>
    ))}
  </DeveloperPage>
);
