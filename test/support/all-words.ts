import { addCatalogue } from '../../src/ui/i18n.ts';
import { es } from '../../src/ui/locales/es.ts';
import { fr } from '../../src/ui/locales/fr.ts';
import { zh } from '../../src/ui/locales/zh.ts';

/** Outside a Worker there are no static files to read words from: pages made here get every language from its source. */
addCatalogue('es', es);
addCatalogue('fr', fr);
addCatalogue('zh', zh);
