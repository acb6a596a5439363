import { accept, refuse, type Result } from './result.ts';
import { oddCharacter, shown } from './shownText.ts';

export const VPN_NAME_MAX = 63;

/** Letters, digits and the marks that some scripts need on them. */
const letter = /[\p{L}\p{N}\p{M}]/u;

/**
 * A VPN's name: what people see and what CI pipelines refer to it by. 1 to 63 characters: letters and digits of any script, and
 * blanks, dots, underscores and dashes between them. Blanks at the ends are dropped and runs of blanks joined, since nobody
 * sees them. Never shaped like an id, because the API takes either.
 */
export function checkVpnName(text: string): Result<string> {
  const name = text.normalize('NFC').trim().replace(/ +/g, ' ');
  const characters = [...name];
  if (name === '') return refuse({ code: 'name_empty', message: 'Enter a name.' });
  if (characters.length > VPN_NAME_MAX) {
    const message = `The name has ${characters.length} characters. Use at most ${VPN_NAME_MAX}.`;
    return refuse({ code: 'name_long', message });
  }
  const strange = characters.find((character) => !letter.test(character) && !' ._-'.includes(character));
  if (strange !== undefined) {
    const words = oddCharacter(strange)?.words ?? `“${strange}”`;
    const message = `“${shown(name)}” holds ${words}. Use letters, digits, blanks, dots, underscores and dashes.`;
    return refuse({ code: 'name_character', message, part: strange });
  }
  for (const end of [characters[0] ?? '', characters.at(-1) ?? '']) {
    if (letter.test(end)) continue;
    const trimmed = name.replace(/^[ ._-]+|[ ._-]+$/g, '');
    const message = `“${shown(name)}” has to start and end with a letter or a digit, not with “${end}”.`;
    const suggestion = trimmed !== '' && checkVpnName(trimmed).ok ? { suggestion: trimmed } : {};
    return refuse({ code: 'name_end', message, part: end, ...suggestion });
  }
  if (/^vpn_/i.test(name)) {
    const message = `A name can’t start with “${name.slice(0, 4)}”: that is how ids look.`;
    return refuse({
      code: 'name_like_id',
      message,
      part: name.slice(0, 4),
      suggestion: name.replace('_', '-'),
    });
  }
  return accept(name);
}

/** The name as part of a connection's name in gateway configurations: a-z, 0-9 and dashes; `Zürich lab` → `zurich-lab`. */
export function vpnSlug(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return slug === '' ? 'vpn' : slug;
}
