import { accept, refuse, type Result } from './result.ts';
import { shown } from './shownText.ts';

/** Secrets of a level: of a member, or of a team. Source: GitHub Codespaces’ limits. */
export const SECRETS_PER_LEVEL = 100;
/** Of one value, in UTF-8. */
export const SECRET_MAX_BYTES = 48 * 1024;
const NAME_MAX = 128;

/**
 * What a shell, the loader or a runtime reads before a program does: whoever sets it runs code in everything that is started. And
 * what bash holds as read-only, which can't be set.
 */
const taken = new Set([
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'TERM',
  'PWD',
  'OLDPWD',
  'IFS',
  'ENV',
  'BASH_ENV',
  'SHELLOPTS',
  'BASHOPTS',
  'PS0',
  'PS1',
  'PS2',
  'PS4',
  'PROMPT_COMMAND',
  'NODE_OPTIONS',
  'NODE_PATH',
  'PYTHONPATH',
  'PYTHONSTARTUP',
  'PYTHONHOME',
  'PERL5OPT',
  'PERL5LIB',
  'RUBYOPT',
  'RUBYLIB',
  'JAVA_TOOL_OPTIONS',
  'JDK_JAVA_OPTIONS',
  '_JAVA_OPTIONS',
  'DOTNET_STARTUP_HOOKS',
  'ZDOTDIR',
  'GLIBC_TUNABLES',
  'GCONV_PATH',
  'UID',
  'EUID',
  'PPID',
  'GROUPS',
  'BASHPID',
  '_',
]);
const takenPrefixes = ['CULVERT_', 'GITHUB_', 'LD_', 'DYLD_', 'BASH_FUNC_'];

/**
 * The name of a secret, as an environment variable has it. Names that differ in case only are the same secret: kept in
 * capitals.
 */
export function checkSecretName(text: string): Result<string> {
  const typed = text.trim();
  const name = typed.toUpperCase();
  // In what was typed: there are letters whose capital is a plain one.
  const odd = /[^A-Za-z0-9_]/u.exec(typed)?.[0];
  const mended = typed.replace(/[^A-Za-z0-9_]+/g, '_').toUpperCase();
  const refuseName = (code: string, message: string, suggestion?: string) =>
    refuse({ code, message, ...(suggestion !== undefined && isName(suggestion) ? { suggestion } : {}) });

  if (name === '') return refuseName('secret_name_missing', 'Enter a name, such as DATABASE_URL.');
  if (odd !== undefined) {
    const message = `Use letters, digits and underscores only, not “${shown(odd)}”.`;
    return refuseName('secret_name_characters', message, mended.replace(/^(?=\d)/, '_'));
  }
  if (/^\d/.test(name)) {
    return refuseName('secret_name_digit', 'A name can’t begin with a digit.', `_${name}`);
  }
  if (name.length > NAME_MAX) return refuseName('secret_name_long', `Use at most ${NAME_MAX} characters.`);
  if (isTaken(name)) {
    const message = `${name} is read by the system or a runtime itself, before any program of yours. Use another name.`;
    return refuseName('secret_name_taken', message, `APP_${name}`);
  }
  return accept(name);
}

const isTaken = (name: string): boolean =>
  taken.has(name) || takenPrefixes.some((prefix) => name.startsWith(prefix));
const isName = (name: string): boolean =>
  /^[A-Z_][A-Z0-9_]*$/.test(name) && name.length <= NAME_MAX && !isTaken(name);

/** The value of a secret: any text, lines and all, but for what an environment can’t hold. */
export function checkSecretValue(text: string): Result<string> {
  if (text === '') return refuse({ code: 'secret_value_missing', message: 'Enter the value.' });
  if (text.includes('\0')) {
    const message = 'A value can’t hold a NUL character: an environment ends there. Encode it, as Base64.';
    return refuse({ code: 'secret_value_nul', message });
  }
  if (!text.isWellFormed()) {
    const message = 'A value can’t hold half a character (a lone surrogate). Encode it, as Base64.';
    return refuse({ code: 'secret_value_broken', message });
  }
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > SECRET_MAX_BYTES) {
    const message = `The value has ${bytes.toLocaleString('en')} bytes; ${SECRET_MAX_BYTES.toLocaleString('en')} fit. Store the rest elsewhere, and its key here.`;
    return refuse({ code: 'secret_value_long', message });
  }
  return accept(text);
}
