import type { Import } from './source-graph.ts';

/** The part a source file plays in the house. */
export type Role =
  | 'kernel'
  | 'ground'
  | 'hall rule'
  | 'room rule'
  | 'room table'
  | 'room page'
  | 'door rule'
  | 'door endpoint'
  | 'platform'
  | 'ui'
  | 'wiring';

const ROOMS = new Set([
  'accounts',
  'factors',
  'apps',
  'consent',
  'sessions',
  'notices',
  'sandbox',
  'developers',
  'proofing',
  'portal',
]);
const DOORS = new Set(['oidc', 'saml']);
const GROUND = new Set(['assurance', 'audit']);
/** Root files that pages and endpoints share: what an HTTP answer of ours looks like, and decoded settings. */
const SHARED = new Set(['src/http.ts', 'src/config.ts']);

/** The other files directly under src (app.ts, worker.ts and what they are made of) know the whole house. */
const isWiring = (path: string): boolean => /^src\/[^/]+$/.test(path) && !SHARED.has(path);

const folderOf = (path: string): string => path.split('/')[1] ?? '';
const isPage = (path: string): boolean =>
  /\/(?:endpoints|pages|components)\//.test(path) ||
  /\/(?:routes|endpoints|middleware)\.tsx?$/.test(path) ||
  path.endsWith('.tsx');
const isTable = (path: string): boolean => path.endsWith('/tables.ts');
/** Reading XML knows no SAML ({@link withinFolder}), so rooms may read theirs with it. */
const isXml = (path: string): boolean => path.startsWith('src/saml/xml/');
/** What a room shows to others: its words and its doors, never its workings. */
const isVocabulary = (path: string): boolean => /\/(?:model|attributes)\.ts$/.test(path);
/** Doors: one file, or a folder of them in a room that has many. */
const isPort = (path: string): boolean => /\/ports(?:\/[a-z-]+)?\.ts$/.test(path);
const isOpen = (path: string): boolean => isVocabulary(path) || isPort(path);

/** The role of a file under `src`, or null for a folder the house does not have. */
export function roleOf(path: string): Role | null {
  const folder = folderOf(path);
  if (isWiring(path) || SHARED.has(path)) return 'wiring';
  if (folder === 'kernel') return 'kernel';
  if (GROUND.has(folder)) return isTable(path) ? 'room table' : 'ground';
  if (folder === 'signin') return isPage(path) ? 'room page' : 'hall rule';
  if (DOORS.has(folder)) {
    return /^src\/\w+\/(?:wire|rules|xml)\//.test(path) || /^src\/\w+\/limits\.ts$/.test(path)
      ? 'door rule'
      : 'door endpoint';
  }
  if (ROOMS.has(folder)) return isPage(path) ? 'room page' : isTable(path) ? 'room table' : 'room rule';
  if (folder === 'platform') return 'platform';
  return folder === 'ui' ? 'ui' : null;
}

/** Whether an import keeps the house's law: null when it does, else the sentence that names the broken one. */
export function judgeImport(path: string, found: Import): string | null {
  const role = roleOf(path);
  if (role === null) return `${path} lies in a folder the house does not have`;
  return found.own ? judgeOwn(path, role, found) : judgePackage(role, found);
}

function judgeOwn(path: string, role: Role, found: Import): string | null {
  const to = found.target;
  const here = folderOf(path);
  const there = folderOf(to);
  if (role === 'wiring') return SHARED.has(path) ? sharedMayImport(path, to) : null;
  if (isWiring(to))
    return 'rooms, doors and platform do not import the wiring (app.ts, worker.ts and the files beside them)';
  if (!to.startsWith('src/')) return 'the product imports nothing outside src';
  if (here === there) return withinFolder(path, role, to);
  if (there === 'kernel') return null;
  if (role === 'kernel') return 'the kernel imports nothing';
  if (GROUND.has(there)) return role === 'ui' ? 'ui imports kernel only' : null;
  if (isXml(to) && ROOMS.has(here)) return null;
  const target = roleOf(to);
  const openRoom = (ROOMS.has(there) || there === 'signin') && isOpen(to);

  switch (role) {
    case 'ground':
      return 'assurance and audit import kernel only';
    case 'hall rule':
      return target === 'room rule' ? null : 'the hall imports kernel, assurance, audit and rules of rooms';
    case 'room table':
    case 'room rule':
      if (openRoom) return null;
      if (there === 'signin') return found.typeOnly ? null : 'a room knows the hall by its types only';
      return "a rule imports kernel, assurance, audit, the hall's types and other rooms' model.ts, attributes.ts and ports.ts";
    case 'room page':
      if (there === 'ui' || SHARED.has(to) || openRoom) return null;
      if (target === 'room rule' || there === 'signin') return null;
      return "a page imports ui, http.ts, the hall, and other rooms' rules, model.ts and ports.ts, never their pages";
    case 'door rule':
      return openRoom && isVocabulary(to)
        ? null
        : "a door's rule imports kernel, assurance and model.ts of rooms and hall";
    case 'door endpoint':
      if (there === 'ui' || SHARED.has(to) || openRoom || there === 'signin') return null;
      return DOORS.has(there)
        ? 'the doors know nothing of each other'
        : "a door's endpoint imports its own door, the hall, ui, http.ts and rooms' model.ts and ports.ts";
    case 'platform':
      if (target === 'room rule' || target === 'room table' || target === 'hall rule') return null;
      if (to === 'src/config.ts' || (DOORS.has(there) && to.endsWith('/ports.ts'))) return null;
      return 'platform implements ports: it imports kernel, rooms and ports.ts of doors, never pages or ui';
    case 'ui':
      return 'ui imports kernel only';
  }
}

/** Inside one folder rules stay clear of pages, so that they can be read and tested alone. */
function withinFolder(path: string, role: Role, to: string): string | null {
  const target = roleOf(to);
  if (role === 'room rule' || role === 'hall rule' || role === 'room table') {
    return target === 'room page' ? 'a rule does not import pages or endpoints' : null;
  }
  if (isXml(path) && !isXml(to)) return 'xml knows no SAML';
  if (role === 'door rule')
    return target === 'door endpoint' ? "a door's rule does not import its endpoints" : null;
  return null;
}

function sharedMayImport(path: string, to: string): string | null {
  const there = folderOf(to);
  const allowed = there === 'kernel' || there === 'ui' || SHARED.has(to) || isOpen(to);
  return allowed ? null : `${path} imports kernel and ui only: pages of every room import it`;
}

const PURE_PACKAGES = ['node:', 'valibot', 'js-yaml', '@zxcvbn-ts/'];
const PACKAGES: Readonly<Record<Role, readonly string[] | 'any'>> = {
  kernel: ['node:'],
  ground: ['node:', 'valibot'],
  'hall rule': PURE_PACKAGES,
  'room rule': PURE_PACKAGES,
  'room table': ['drizzle-orm'],
  'room page': [...PURE_PACKAGES, 'hono'],
  'door rule': [...PURE_PACKAGES, 'jose'],
  'door endpoint': [...PURE_PACKAGES, 'jose', 'hono'],
  platform: [...PURE_PACKAGES, 'jose', 'drizzle-orm', 'cloudflare:'],
  ui: ['node:'],
  wiring: 'any',
};

function judgePackage(role: Role, found: Import): string | null {
  const allowed = PACKAGES[role];
  if (allowed === 'any' || found.typeOnly) return null;
  const fits = allowed.some((name) =>
    /[:/]$/.test(name) ? found.target.startsWith(name) : isOf(name, found.target),
  );
  return fits ? null : `a file that is ${role} does not import ${found.target}`;
}

const isOf = (name: string, specifier: string): boolean =>
  specifier === name || specifier.startsWith(`${name}/`);
