/**
 * What the files in the folder of the school's own certificates are called: the configuration, the backup and the folder itself
 * have to agree on it. It knows names and nothing of what is in them.
 */
import { join } from 'node:path';

/** All of mode 0600. */
export const authorityNames = {
  root: 'ca.crt',
  issuer: 'issuer.crt',
  issuerKey: 'issuer.key',
  hosts: 'names.json',
  serverKey: 'server.key',
  server: 'server.crt',
} as const;

/** The files of the server's own certificate, absolute when the folder is. */
export const serverPair = (folder: string): { readonly key: string; readonly cert: string } => ({
  key: join(folder, authorityNames.serverKey),
  cert: join(folder, authorityNames.server),
});
