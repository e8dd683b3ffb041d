/**
 * The parts of `node-onvif` that discovery uses; the package has no types of its own. The underscored ones are internal:
 * they are the only way to choose an interface, and the package has been at this version since 2019.
 */
declare module 'node-onvif' {
  import type { Socket } from 'node:dgram';

  export interface Probed {
    readonly urn: unknown;
    readonly name: string;
    readonly hardware: string;
    readonly xaddrs: readonly string[];
  }
  export interface Prober {
    _udp: Socket | null;
    _PORT: number;
    _DISCOVERY_WAIT: number;
    startProbe(): Promise<Probed[]>;
    stopProbe(): Promise<void>;
  }
  const prober: Prober & { readonly constructor: new () => Prober };
  export default prober;
}
