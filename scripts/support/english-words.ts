import { join } from 'node:path';
import type { Plugin } from 'rolldown';
import { sandbox as sandboxWords } from '../../src/ui/locales/en/sandbox.ts';
import { english } from '../../src/ui/locales/en.ts';
import { PROJECT } from './project.ts';

const CATALOGUE = join(PROJECT, 'src', 'ui', 'locales', 'en.ts');
const LAZY = join(PROJECT, 'src', 'kernel', 'lazy.ts');

/**
 * Bundles the English words as one text, parsed when the first of them is asked for: an engine reads a text at once and
 * an object of a thousand words with care, in every new isolate. Words that only the sandbox says stay out of the others.
 */
export const englishAsText = (sandbox: boolean): Plugin => ({
  name: 'english-as-text',
  load: (id) => {
    if (id !== CATALOGUE) return null;
    const words = Object.entries(english()).filter(([key]) => sandbox || !(key in sandboxWords));
    const text = JSON.stringify(JSON.stringify(Object.fromEntries(words)));
    return `import { lazy } from ${JSON.stringify(LAZY)};\nexport const english = lazy(() => JSON.parse(${text}));\n`;
  },
});
