import { Layout, NeedsScript, type Page } from '../../ui/index.ts';

/** A reader for SAML messages that sends nothing anywhere: its script works on this page alone. */
export const DecoderPage = ({ page }: { readonly page: Page }) => {
  const { t } = page;
  return (
    <Layout page={page} title={t('saml.decoder.title')} width="wide" scripts={['saml-decoder']}>
      <p>{t('saml.decoder.intro')}</p>
      <NeedsScript page={page} />
      <div data-saml-decoder>
        <label class="usa-label" for="message">
          {t('saml.decoder.message')}
        </label>
        <textarea class="usa-textarea" id="message" rows={8} spellcheck={false} autocomplete="off"></textarea>
        <p>
          <button class="usa-button gh-button" type="button">
            {t('saml.decoder.decode')}
          </button>
        </p>
        <p role="status" data-none={t('saml.decoder.none')} data-done={t('saml.decoder.done')}></p>
        <div data-result hidden>
          <table class="usa-table">
            <caption>{t('saml.decoder.facts')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('saml.decoder.name')}</th>
                <th scope="col">{t('saml.decoder.value')}</th>
              </tr>
            </thead>
            <tbody></tbody>
          </table>
          <h2>{t('saml.decoder.document')}</h2>
          <pre tabindex={0}></pre>
        </div>
      </div>
    </Layout>
  );
};
