import type { Tunnel } from '../../contract/tunnels.ts';
import { diagnosisText } from '../tunnelText.ts';

/**
 * Why a tunnel failed and what to do, for the log of a job. Each line begins with a mark: what gateways say is among them, and a
 * line that began as they like could be an order to the runner (GitHub takes those that start with `::`, after any blanks).
 */
export const diagnosisLines = ({ diagnosis }: Pick<Tunnel, 'diagnosis'>): string[] =>
  diagnosis === null
    ? []
    : diagnosisText(diagnosis)
        .split(/[\r\n]+/)
        .map((line) => `| ${line.trimStart().replace(/^\| /, '')}`);

/** One line: “The tunnel of app-1 to Company data center failed: …”. */
export const failureOf = ({ replica, vpn, diagnosis, state }: Tunnel): string =>
  `The tunnel of ${replica.name} to ${vpn.name} ${state === 'unsupported' ? 'can’t come up' : 'failed'}: ${diagnosis?.title ?? 'its replica doesn’t say why'}.`;
