/**
 * Looks at the certificates that a compiled configuration names, so that a reload knows a renewed one. It reads files and says
 * what it found; it must never refuse a configuration for one.
 */
import type { Config, ConfigLine } from '../compile-site.ts';
import { type CertificatePair, type InspectedCertificate, inspectCertificate } from './certificates.ts';

/** The configuration with what was found of its certificates: a line or server that has another one differs by its mark. */
export async function withCertificates(config: Config): Promise<Config> {
  const certificates: InspectedCertificate[] = [];
  const look = async <T extends { readonly tls?: CertificatePair; readonly authority?: string }>(part: T) => {
    if (!part.tls) return part;
    const found = await inspectCertificate(part.tls);
    // Whoever renews them by himself says what is wrong with them.
    if (part.authority === undefined) certificates.push(found);
    return { ...part, tls: found.pair };
  };
  const server = await look(config.server);
  // Taken from its files whenever they change, so that nothing has to know it by its mark.
  if (config.district?.certificate) certificates.push(await inspectCertificate(config.district.certificate));
  const lines: ConfigLine[] = [];
  for (const line of config.lines) {
    const { options: said } = line;
    const listens = said.protocol === 'mqtt-broker' || said.protocol === 'http-push';
    const options = listens ? await look(said) : said;
    lines.push({ ...line, options });
  }
  return { ...config, server, lines, certificates };
}
