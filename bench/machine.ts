import { cpus, loadavg, release, totalmem } from 'node:os';

/** The machine in one line, for whoever quotes the figures. */
export function machineLine(strongswanVersion: string | null): string {
  const [cpu] = cpus();
  return [
    `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'})`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    `Linux ${release()}`,
    `Node ${process.versions.node}`,
    ...(strongswanVersion === null ? [] : [`strongSwan ${strongswanVersion}`]),
    `load ${loadavg()[0]?.toFixed(1) ?? ''} at the start`,
  ].join(' · ');
}
