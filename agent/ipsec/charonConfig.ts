/** Where charon's things are. */
export type CharonPaths = {
  /** Its folder: configuration, log of the start, process record. */
  folder: string;
  /** Its own /run, so that it never meets another charon's pid file. */
  runFolder: string;
  config: string;
  startLog: string;
  /** Short enough for a Unix socket's address. */
  socket: string;
  /** Which process it is: read by the next agent. */
  record: string;
};

/** kernel-libipsec has to come before kernel-netlink, which otherwise does ESP itself. */
const plugins = (backend: 'kernel' | 'libipsec') =>
  [
    'aes aesni sha1 sha2 md5 hmac gmp random nonce gcm ccm ctr cmac xcbc curve25519 chapoly kdf drbg openssl',
    ...(backend === 'libipsec' ? ['kernel-libipsec'] : []),
    'kernel-netlink socket-default vici counters',
  ].join(' ');

/**
 * Retransmissions after 1.5, 3.6 and 6.5 s, dead after 10.7 s (strongSwan's own: 4 s and 165 s): a gateway that doesn't
 * answer is said to within seconds and met within seconds when it is back. Being wrong about it costs one new handshake.
 */
const forTunnels = ['retransmit_timeout = 1.5', 'retransmit_base = 1.4', 'retransmit_tries = 3'];

/**
 * strongswan.conf for a charon that only ever initiates, is controlled over VICI alone and logs to nobody else.
 * `settings` are lines of its `charon` section.
 */
export const charonConfig = (
  paths: CharonPaths,
  backend: 'kernel' | 'libipsec',
  settings: readonly string[] = forTunnels,
): string => `charon {
  load_modular = no
  load = ${plugins(backend)}
  initiator_only = yes
  ${settings.join('\n  ')}
  plugins {
    vici {
      socket = unix://${paths.socket}
    }
  }
  filelog {
    start {
      path = ${paths.startLog}
      append = no
      flush_line = yes
      default = -1
      dmn = 1
      lib = 1
      knl = 1
    }
  }
  syslog {
    daemon {
      default = -1
    }
    auth {
      default = -1
    }
  }
}
`;
