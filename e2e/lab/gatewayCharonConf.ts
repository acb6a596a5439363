/**
 * strongswan.conf of a gateway's charon, controlled by stroke (ipsec.conf) or vici (swanctl.conf). kernel-libipsec stands before
 * kernel-netlink, so that it does ESP; no kernel ESP is needed. `settings` are those of the controlling plugin.
 */
export const gatewayCharonConf = (folder: string, control: 'stroke' | 'vici', settings: string) => `charon {
  load_modular = no
  load = aes sha1 sha2 md5 hmac gmp random nonce gcm ccm ctr cmac xcbc curve25519 chapoly kdf drbg openssl kernel-libipsec kernel-netlink socket-default ${control} updown counters
  plugins {
    kernel-libipsec {
      allow_peer_ts = yes
    }
    ${settings}
  }
  filelog {
    gateway {
      path = ${folder}/charon.log
      time_format = %H:%M:%S
      default = 1
      flush_line = yes
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
