/** A browser as people would name it; parts that cannot be told are null. */
export interface UserAgent {
  readonly browser: string | null;
  /** Major version. */
  readonly version: string | null;
  readonly system: string | null;
  readonly mobile: boolean;
}

const LONGEST = 512;

/** Token in the header and the name people know. More particular brands first: most of them also claim to be Chrome or Safari. */
const BROWSERS: readonly (readonly [token: RegExp, name: string])[] = [
  [/\bEdg(?:A|iOS)?\/(\d{1,4})/, 'Edge'],
  [/\b(?:OPR|OPT|OPiOS)\/(\d{1,4})/, 'Opera'],
  [/\bSamsungBrowser\/(\d{1,4})/, 'Samsung Internet'],
  [/\bDuckDuckGo\/(\d{1,4})/, 'DuckDuckGo'],
  [/\bVivaldi\/(\d{1,4})/, 'Vivaldi'],
  [/\b(?:Firefox|FxiOS)\/(\d{1,4})/, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\/(\d{1,4})/, 'Chrome'],
  [/\bVersion\/(\d{1,4})[^(]{0,40}\bSafari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [token: RegExp, name: string])[] = [
  [/\biPad\b/, 'iPadOS'],
  [/\b(?:iPhone|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\b(?:Macintosh|Mac OS X)\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

const MOBILE = /\b(?:Mobi|Mobile|iPhone|iPod|iPad|Android)\b/;

/** Reads a User-Agent header; at most 512 characters are looked at (HI-1). */
export function readUserAgent(header: string | null | undefined): UserAgent {
  const text = (header ?? '').slice(0, LONGEST);
  const system = SYSTEMS.find(([token]) => token.test(text))?.[1] ?? null;
  const mobile = MOBILE.test(text);
  for (const [token, browser] of BROWSERS) {
    const version = token.exec(text)?.[1];
    if (version !== undefined) return { browser, version, system, mobile };
  }
  return { browser: null, version: null, system, mobile };
}

/** "Firefox 120 on macOS", or as much of it as is known; null when nothing is. `on` is the page language's word. */
export function describeUserAgent({ browser, version, system }: UserAgent, on = 'on'): string | null {
  const name = browser === null ? null : [browser, version].filter((part) => part !== null).join(' ');
  if (name === null || system === null) return name ?? system;
  return `${name} ${on} ${system}`;
}
