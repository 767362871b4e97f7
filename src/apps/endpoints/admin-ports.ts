import type { ReadFile } from '../../ui/index.ts';
import type { Environment } from '../environment.ts';
import type { AnsweredRequests, AppRegistry, LoadLogo, ReadAudit, SaveLogo } from '../ports.ts';

/** What the machine interface needs of the world. */
export interface AdminPorts {
  readonly env: Environment;
  /** The one bearer token; an empty text closes the interface. */
  readonly adminToken: string;
  readonly registry: AppRegistry;
  readonly answered: AnsweredRequests;
  readonly readAudit: ReadAudit;
  readonly saveLogo: SaveLogo;
  readonly loadLogo: LoadLogo;
  /** The static files hold the interface's own description. */
  readonly readFile: ReadFile;
  /** SHA-256 (hex) of our own public keys in SPKI form, which no app may register (P37). */
  readonly ownKeys?: ReadonlySet<string>;
}

/** Who acts, for the history: the holder of the deployment's token. */
export const ACTOR = 'api:admin-token';
