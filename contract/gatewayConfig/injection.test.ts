import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gatewayKinds, type GatewayDocument, type GatewayKind } from './document.ts';
import { documentText, partText } from './documentText.ts';
import { renderGateway } from './render.ts';
import { anyKey, anySettings } from './testing/settings.ts';

const name = 'culvert-[a-z0-9-]+';
/** A value of ipsec.conf and swanctl.conf that needs no quotes: nothing in it ends a value. */
const value = '[A-Za-z0-9<>%.:,/!@;_ +-]*';
const secret = '(?:"[A-Za-z0-9._~+=:@,-]+"|0s[A-Za-z0-9+/=]+|"<pre-shared key>")';

/** What a line of each file or command can be; a line that isn't is one that was added. */
const grammars: Partial<Record<GatewayKind, RegExp[]>> = {
  'strongswan-ipsec': [
    /^config setup$/,
    new RegExp(`^conn ${name}$`),
    new RegExp(
      `^  (?:uniqueids|keyexchange|type|authby|forceencaps|ike|esp|ikelifetime|lifetime|margintime|left|leftid|leftsubnet|right|rightsourceip|dpdaction|dpddelay|auto)=${value}$`,
    ),
    new RegExp(`^${value} %any : PSK ${secret}$`),
  ],
  'strongswan-swanctl': [
    /^(?:connections|pools|secrets) \{$/,
    new RegExp(`^ {2}(?:ike-)?${name} \\{$`),
    /^ {4}(?:local|remote|children) \{$/,
    /^ {6}lan \{$/,
    /^ *\}$/,
    new RegExp(
      `^ +(?:version|local_addrs|remote_addrs|proposals|pools|encap|unique|rekey_time|over_time|rand_time|life_time|dpd_delay|dpd_action|auth|id|local_ts|esp_proposals|addrs|id-gateway|id-replicas) = ${value}$`,
    ),
    new RegExp(`^    secret = ${secret}$`),
  ],
  libreswan: [
    /^config setup$/,
    new RegExp(`^conn ${name}$`),
    new RegExp(
      `^  (?:uniqueids|keyexchange|type|authby|encapsulation|ike|esp|pfs|ikelifetime|ipsec-lifetime|rekey|left|leftid|leftaddresspool|right|rightid|rightsubnet|narrowing|dpddelay|auto)=${value}$`,
    ),
    new RegExp(`^${value} : PSK ${secret}$`),
  ],
  'cisco-ios-xe': [
    /^!$/,
    /^aaa new-model$/,
    new RegExp(
      `^(?:aaa authorization network|ip local pool|ip access-list standard|crypto ikev2 (?:proposal|policy|keyring|profile|authorization policy)|crypto ipsec (?:transform-set|profile)) ${name}[A-Za-z0-9<>. -]*$`,
    ),
    /^interface Virtual-Template1 type tunnel$/,
    new RegExp(
      ` (?:permit|encryption|integrity|prf|group|proposal|peer|address|pool|route|match|identity|authentication|keyring|lifetime|dpd|nat|aaa|virtual-template|mode|set|ip|tunnel) [A-Za-z0-9<>.:@_ -]+$`,
    ),
    /^ {2}pre-shared-key (?:local|remote) (?:[!#-&(-+,-./0-9:;<=>@A-Z[\]^_`a-z{}~*]+|<pre-shared key>)$/,
  ],
  fortigate: [
    /^config (?:firewall (?:address|addrgrp|policy)|vpn ipsec phase[12]-interface)$/,
    /^ {4}edit (?:0|"culvert-?[a-z0-9-]*")$/,
    /^ {4}next$/,
    /^end$/,
    /^ {8}set (?!psksecret)[a-z0-9-]+ (?:"?[A-Za-z0-9<>.:@_+ -]*"? ?)+$/,
    /^ {8}set psksecret (?:"[A-Za-z0-9._~+=:@,-]+"|0x[0-9a-f]+|<pre-shared key>)$/,
  ],
  mikrotik: [
    new RegExp(
      `^/ip (?:pool|ipsec (?:mode-config|profile|proposal|policy|peer)|firewall filter) add [A-Za-z0-9<>.:@_,/= -]+$`,
    ),
    new RegExp(`^/ip ipsec policy group add name=${name}$`),
    /^\/ip ipsec identity add [A-Za-z0-9<>.:@_+,/= -]+ secret=(?:"(?:[^"\\$?]|\\["\\$?])+"|<pre-shared key>)$/,
  ],
};

/** Texts of the document that stand on one line each. */
function singles(document: GatewayDocument): string[] {
  return document.parts.flatMap((part) => {
    switch (part.kind) {
      case 'file':
      case 'commands':
        return [part.name, part.title, ...part.lines.map((line) => line.map(({ text }) => text).join(''))];
      case 'steps':
        return part.steps.flatMap(({ where, fields }) => [
          where,
          ...fields.flatMap(({ field, value: { text } }) => [field, text]),
        ]);
      case 'sheet':
        return part.rows.flatMap((row) => [row.name, row.note ?? '', ...row.values.map(({ text }) => text)]);
    }
  });
}

const breaksLine = /[\p{Cc}\u2028\u2029]/u;

describe('nothing typed into a field adds a line, a command, a comment or an option', () => {
  test.each(gatewayKinds)('%s', (kind) => {
    const grammar = grammars[kind];
    fc.assert(
      fc.property(
        anySettings,
        fc.option(anyKey, { nil: undefined }),
        anyKey,
        (settings, preSharedKey, pool) => {
          const document = renderGateway(kind, settings, {
            pool,
            ...(preSharedKey === undefined ? {} : { preSharedKey }),
          });
          for (const text of [...singles(document), ...document.notes, document.unfit ?? '']) {
            expect(breaksLine.test(text)).toBe(false);
          }
          if (!grammar) return;
          for (const line of document.parts.map(partText).join('').split('\n')) {
            if (line !== '')
              expect(
                grammar.some((rule) => rule.test(line)),
                line,
              ).toBe(true);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

test('in a download, all but the parts’ own lines are comments', () => {
  fc.assert(
    fc.property(fc.constantFrom(...gatewayKinds), anySettings, (kind, settings) => {
      const document = renderGateway(kind, settings);
      const grammar = grammars[kind];
      if (!grammar) return;
      const mark = kind === 'cisco-ios-xe' ? '!' : '#';
      for (const line of documentText(document).split('\n')) {
        expect(
          line === '' || line.startsWith(`${mark} `) || grammar.some((rule) => rule.test(line)),
          line,
        ).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('swanctl.conf’s braces are balanced', () => {
  fc.assert(
    fc.property(anySettings, (settings) => {
      const text = documentText(renderGateway('strongswan-swanctl', settings));
      let depth = 0;
      const depths = [...text.matchAll(/[{}]/g)].map(([brace]) => (depth += brace === '{' ? 1 : -1));
      expect(Math.min(...depths)).toBe(0);
      expect(depths.at(-1)).toBe(0);
    }),
  );
});
