import { shown } from '../shownText.ts';
import { parseSubnet } from '../subnets.ts';
import { refused, understood, type Report } from './findings.ts';

/** Where virtual IPs come from: as CIDR, where it is one. `there`: the file has one, whether or not it is. */
export type Pool = { cidr: string | null; there: boolean };

export const noPool: Pool = { cidr: null, there: false };

/** A pool's addresses, as the file gives them; the line says what became of them. */
export function readPool(text: string, line: number, report: Report): Pool {
  const note = 'Each replica gets its virtual address from here.';
  const parsed = parseSubnet(text);
  const suggestion = parsed.ok ? undefined : parsed.refusal.suggestion;
  const range = /^[^-]+-[^-]+$/.test(text);
  const usable = parsed.ok
    ? parsed.value.text
    : suggestion !== undefined && (range || parsed.refusal.code === 'subnet_host_bits')
      ? suggestion
      : null;
  if (usable !== null) report.say(line, understood(undefined, note));
  else if (range && !/[^\da-f.:-]/i.test(text)) {
    report.say(
      line,
      understood(
        undefined,
        `${note} It is no whole subnet, so the gateway configuration shown here has another one.`,
      ),
    );
  } else report.say(line, refused(`${shown(text)} isn’t a pool of addresses that can be read here.`));
  return { cidr: usable, there: usable !== null || range };
}
