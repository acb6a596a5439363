import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { AgentFile } from '../agents/install.ts';
import type { AgentFiles } from '../deps.ts';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const installerParts = {
  agent: ['main.sh', 'files.sh', 'download.sh', 'service.sh'],
  'command-line': ['commandLine.sh', 'download.sh'],
} as const;

/**
 * What this server hands out: the bundles of the agent and the command line (dist/agent, from `npm run build`), and the Node
 * binary that runs this very server, for machines of the same platform that have none. Files are streamed; a checksum is
 * computed once and again when the file changes. A file that isn't there is left out.
 */
export function createAgentFiles(
  paths: Readonly<Record<string, string>> = {
    'culvert-agent.mjs': fromRoot('dist/agent/culvert-agent.mjs'),
    'culvert.mjs': fromRoot('dist/agent/culvert.mjs'),
    [nodeName()]: process.execPath,
  },
): AgentFiles {
  const known = new Map<string, { version: string; file: Promise<AgentFile> }>();

  const describe = async (name: string, path: string): Promise<AgentFile | null> => {
    const stats = await stat(path).catch(() => null);
    if (!stats?.isFile()) return null;
    const version = `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
    const before = known.get(name);
    if (before?.version === version) return before.file;
    const file = sha256OfFile(path).then((sha256) => ({ name, sha256, size: stats.size }));
    known.set(name, { version, file });
    file.catch(() => known.delete(name));
    return file;
  };

  return {
    list: async () => {
      const files = await Promise.all(Object.entries(paths).map(([name, path]) => describe(name, path)));
      return files.filter((file) => file !== null);
    },
    open: async (name) => {
      const path = Object.hasOwn(paths, name) ? paths[name] : undefined;
      if (path === undefined || !(await stat(path).catch(() => null))?.isFile()) return null;
      return streamFile(path);
    },
    installer: async (of) => {
      const paths = installerParts[of].map((name) => fromRoot(`server/agents/install/${name}`));
      return (await Promise.all(paths.map((path) => readFile(path, 'utf8')))).join('\n');
    },
  };
}

const chunkBytes = 256 * 1024;

async function streamFile(path: string): Promise<ReadableStream<Uint8Array>> {
  const file = await open(path);
  return new ReadableStream({
    pull: async (controller) => {
      const { bytesRead, buffer } = await file.read(new Uint8Array(chunkBytes), 0, chunkBytes);
      if (bytesRead > 0) {
        controller.enqueue(buffer.subarray(0, bytesRead));
        return;
      }
      controller.close();
      await file.close();
    },
    cancel: () => file.close(),
  });
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** `node-linux-x64`; with musl instead of glibc `node-linux-x64-musl`: the two don't run each other's programs. */
function nodeName(): string {
  // Without this the report looks up the name of every address the machine talks to, and waits for DNS.
  Object.assign(process.report, { excludeNetwork: true });
  const report: unknown = process.report.getReport();
  return `node-${process.platform}-${process.arch}${process.platform === 'linux' && !hasGlibc(report) ? '-musl' : ''}`;
}

function hasGlibc(report: unknown): boolean {
  if (typeof report !== 'object' || report === null || !('header' in report)) return false;
  const { header } = report;
  return typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header;
}
