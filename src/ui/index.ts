export { type DataFile, dataFilePath, type ReadFile } from './assets.ts';
export { chooseLocale, localizedPath, readLocale, splitLocalePath } from './choose-locale.ts';
export * from './components/index.ts';
export { formatDate, formatDateTime, formatDuration, formatList } from './format.ts';
export { catalogue, type Locale, localeNames, type MessageKey, type Translate, translator } from './i18n.ts';
export type { Child, Markup } from './jsx/markup.ts';
export { Layout, type SideNavigation } from './layout.tsx';
export {
  type AlertType,
  type AppInContext,
  at,
  type Flash,
  type Page,
  timeoutFlash,
  wayBack,
} from './page.ts';
export { renderPage } from './render.ts';
export { contentSecurityPolicy, formActionSource, securityHeaders } from './security-headers.ts';
