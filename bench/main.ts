import { parseArgs } from 'node:util';
import type { Replica } from '../contract/workspaces.ts';
import { startCompany, type Company } from '../e2e/lab/company.ts';
import { buildFreshAgent, buildFreshCommandLine, buildFreshDashboard } from '../scripts/build.ts';
import { requireChromium, requireLab } from '../scripts/requirements.ts';
import { openDashboard } from './browser.ts';
import { ByHand } from './byHand.ts';
import { measureChanges } from './changes.ts';
import { measureCommandLine } from './commandLine.ts';
import { measureFirstScreen } from './firstScreen.ts';
import { machineLine } from './machine.ts';
import { measureMemory } from './memory.ts';
import { notes } from './notes.ts';
import { dropWithoutTunnel } from './pings.ts';
import { requirePackages } from './ports/packages.ts';
import { runPorts } from './ports/runPorts.ts';
import { measurePreviewUp } from './previewUp.ts';
import { measureSaveToPing } from './saveToPing.ts';
import { isOver, tableOf, type Row } from './table.ts';

const REPLICAS = 3;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    /** Forwarded ports alone, which need no tunnels. */
    ports: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1)
  stop(`--rounds is a whole number from 1 on, not ${values.rounds}.`);
if (process.getuid?.() !== 0)
  stop('The figures come from real tunnels between network namespaces: run it as root.');
for (const requirement of [await requireLab(), await requireChromium(), await requirePackages()])
  if (!requirement.ok) stop(requirement.reason);

await Promise.all([buildFreshAgent(), buildFreshCommandLine(), buildFreshDashboard()]);
console.error('Forwarded ports…');
console.log(`${machineLine(null)}\n`);
const ended = await runPorts();
if (values.ports || ended !== 0) process.exit(ended);
console.error('Building the lab: the gateway, the server, three replicas with an agent and three without…');
const company = await startCompany({ prefix: 'bench', port: 8690, bareReplicas: REPLICAS });
const interrupted = Promise.withResolvers<never>();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => interrupted.reject(new Error(`Ended by ${signal}.`)));
try {
  const rows = await Promise.race([measure(company), interrupted.promise]);
  console.log(`\n${tableOf(rows)}\n\n${notes}\n`);
  const over = rows.filter(isOver);
  for (const { what, limit } of over) console.log(`FAIL ${what}: over ${limit}.`);
  process.exitCode = over.length === 0 ? 0 : 1;
} finally {
  await company.close();
}

async function measure(of: Company): Promise<Row[]> {
  const { items } = await of.api.get<{ items: Replica[] }>(`${of.team}/workspaces/reports/replicas`);
  const ipsec = items[0]?.ipsec;
  const machine = machineLine(ipsec?.strongswanVersion ?? null);
  console.log(
    `${machine}\nMedians of ${rounds} rounds (smallest–largest), ${ipsec?.backend === 'kernel' ? 'kernel ESP' : 'kernel-libipsec'}.`,
  );
  const byHand = Array.from(
    { length: REPLICAS },
    (_, index) =>
      new ByHand(of.lab.replica(REPLICAS + 1 + index), of.lab.folder, ipsec?.backend ?? 'libipsec'),
  );
  console.error('Starts of the command line…');
  const commandLine = measureCommandLine(rounds);
  console.error('From a pipeline’s step to the first answered ping…');
  const previewUp = await measurePreviewUp(rounds, ipsec?.backend ?? 'libipsec');
  const lab = { company: of, byHand, rounds };
  for (let n = 1; n <= 2 * REPLICAS; n += 1) await dropWithoutTunnel(of.lab.replica(n));
  const { browser, page } = await openDashboard(of);
  try {
    console.error('From a press to the first answered ping…');
    const toPing = await measureSaveToPing(lab, page);
    console.error('Pings lost on a change…');
    const lost = await measureChanges(lab);
    console.error('Memory, JavaScript…');
    return [
      ...toPing,
      previewUp,
      commandLine,
      ...lost,
      ...(await measureMemory(lab)),
      await measureFirstScreen(),
    ];
  } finally {
    await browser.close();
  }
}

function stop(why: string): never {
  console.error(why);
  process.exit(1);
}
