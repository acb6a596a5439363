/**
 * Bytes of what login shells export altogether. Linux starts no program whose environment and arguments are larger than a quarter of
 * the stack's limit, usually 2 MB: a shell that exported more could start nothing at all.
 */
const EXPORTED_MAX = 1024 * 1024;

/**
 * What login shells read: a line `export` for each secret, in any POSIX shell. `command` takes from `export` what makes a shell end
 * when it fails, as it does where something before made the variable read-only. The smallest come first, so that what doesn't
 * fit is as little as can be; that is only named, in comments.
 *
 * @param items names as checkSecretName accepts them, and values without NUL
 */
export function shellText(items: readonly { name: string; value: string }[]): string {
  const size = ({ name, value }: { name: string; value: string }): number =>
    Buffer.byteLength(name) + Buffer.byteLength(value) + 2;
  let room = EXPORTED_MAX;
  const lines = items
    .toSorted((a, b) => size(a) - size(b))
    .map((item) => {
      room -= size(item);
      if (room < 0) return `# ${item.name} is left out: together they are too large for an environment.`;
      return `command export ${item.name}=${quoted(item.value)} 2>/dev/null || :`;
    });
  return `# The secrets of this replica, for login shells. For anything else: culvert run -- command\n${lines.join('\n')}\n`;
}

/** As one word of a shell, whatever it holds: within single quotes nothing has a meaning but the next single quote. */
const quoted = (value: string): string => `'${value.replaceAll("'", String.raw`'\''`)}'`;
