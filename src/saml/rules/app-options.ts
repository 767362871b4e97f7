import type { AppSettings, SamlOption } from '../../apps/model.ts';

/** Section 17: whether an app has a switch on. */
export const hasOption = ({ saml_options }: Pick<AppSettings, 'saml_options'>, option: SamlOption): boolean =>
  saml_options[option] === true;
