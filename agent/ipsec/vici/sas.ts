import type { ViciMessage } from './message.ts';
import { listAt, numberAt, sectionsAt, sectionsOf, textAt } from './section.ts';

/** One CHILD_SA as charon lists it. Bytes are since it was installed or rekeyed; times in seconds. */
export type ChildSa = {
  name: string;
  uniqueId: string;
  state: string;
  bytesIn: number;
  bytesOut: number;
  packetsIn: number;
  suite: string;
  localSelectors: string[];
  remoteSelectors: string[];
};

/** One IKE_SA as charon lists it, with its CHILD_SAs. */
export type IkeSa = {
  name: string;
  uniqueId: string;
  version: number;
  state: string;
  remoteHost: string;
  remoteId: string;
  /** Seconds since it was established; null while it isn't. */
  establishedSeconds: number | null;
  suite: string;
  virtualIps: string[];
  children: ChildSa[];
};

/** Reads one `list-sa` event. Missing keys become empty: charon leaves out what it doesn't know yet. */
export function readIkeSas(event: ViciMessage): IkeSa[] {
  return sectionsOf(event).map(([name, sa]) => ({
    name,
    uniqueId: textAt(sa, 'uniqueid') ?? '',
    version: numberAt(sa, 'version'),
    state: textAt(sa, 'state') ?? '',
    remoteHost: textAt(sa, 'remote-host') ?? '',
    remoteId: textAt(sa, 'remote-id') ?? '',
    establishedSeconds: textAt(sa, 'established') === null ? null : numberAt(sa, 'established'),
    suite: suiteOf(sa),
    virtualIps: listAt(sa, 'local-vips'),
    children: sectionsAt(sa, 'child-sas').map(([, child]) => readChildSa(child)),
  }));
}

function readChildSa(child: ViciMessage): ChildSa {
  return {
    name: textAt(child, 'name') ?? '',
    uniqueId: textAt(child, 'uniqueid') ?? '',
    state: textAt(child, 'state') ?? '',
    bytesIn: numberAt(child, 'bytes-in'),
    bytesOut: numberAt(child, 'bytes-out'),
    packetsIn: numberAt(child, 'packets-in'),
    suite: suiteOf(child),
    localSelectors: listAt(child, 'local-ts'),
    remoteSelectors: listAt(child, 'remote-ts'),
  };
}

/** As charon's log writes it: AES_CBC-256/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048. */
function suiteOf(sa: ViciMessage): string {
  const size = textAt(sa, 'encr-keysize');
  const encryption = [textAt(sa, 'encr-alg'), size].filter((part) => part !== null).join('-');
  const others = ['integ-alg', 'prf-alg', 'dh-group'].map((key) => textAt(sa, key));
  return [encryption, ...others].filter((part) => part !== null && part !== '').join('/');
}
