/** One file that agents download. */
export type AgentFile = { name: string; sha256: string; size: number };

const origin = /^https?:\/\/(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;
const fileName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const sha256 = /^[0-9a-f]{64}$/;
const joinToken = /^culv_join_[A-Za-z0-9_-]+$/;

/**
 * The command a person pastes on a machine to make it a replica. The script asks for root by itself where it isn't root:
 * containers are root and have no sudo.
 *
 * @param publicUrl origin of the server
 * @throws RangeError when an argument holds anything a shell could take for more than text
 */
export function joinCommand(publicUrl: string, token: string): string {
  requireMatch('token', joinToken, token);
  return `curl -fsSL ${checkedOrigin(publicUrl)}/agent/install.sh | sh -s -- --token ${token}`;
}

/**
 * The whole install script: `text` (the files of server/agents/install/) between this server's address and checksums, and
 * the line that runs it, which is none before its last brace has arrived.
 *
 * @throws RangeError when an argument holds anything a shell could take for more than text
 */
export function installScript(options: {
  publicUrl: string;
  files: readonly AgentFile[];
  text: string;
}): string {
  const files = options.files.map((file) => {
    requireMatch('file name', fileName, file.name);
    requireMatch('checksum', sha256, file.sha256);
    return `${file.name} ${file.sha256} ${Math.trunc(file.size)}`;
  });
  return `#!/bin/sh\nSERVER='${checkedOrigin(options.publicUrl)}'\nFILES='${files.join('\n')}'\n${options.text}\n{ main "$@"; }\n`;
}

function checkedOrigin(publicUrl: string): string {
  requireMatch('public URL', origin, publicUrl);
  return publicUrl;
}

function requireMatch(what: string, pattern: RegExp, text: string): void {
  if (!pattern.test(text))
    throw new RangeError(`This ${what} can’t stand in a shell command: ${JSON.stringify(text)}`);
}
