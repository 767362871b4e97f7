import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the vectors are. */
export const FOLDER = join(import.meta.dirname, '../../../vectors/w3c-webauthn');

/** One test vector of WebAuthn Level 3, bytes in hexadecimal. */
export interface Vector {
  readonly rp_id: string;
  readonly origin: string;
  readonly registration: {
    readonly challenge: string;
    readonly aaguid: string;
    readonly credential_id: string;
    readonly client_data_json: string;
    readonly attestation_object: string;
  };
  readonly authentication: {
    readonly challenge: string;
    readonly authenticator_data: string;
    readonly client_data_json: string;
    readonly signature: string;
  };
}

export const vector = (name: string): Vector =>
  JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));

export const hex = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'hex'));
