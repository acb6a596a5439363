/**
 * Text of people’s inside files that services read. Each file has several readers, one after the other: YAML first, then the
 * service’s own expressions or variables, then perhaps a shell. What is for the last one is written first.
 */

/** What YAML shows as it is: no control characters, no odd line ends, no mark at the beginning of a text. */
const printable = /^[^\p{C}\u2028\u2029\u0085\ufeff]*$/u;

/** A YAML scalar that is this text and nothing else. Source: YAML 1.2.2, 7.3.1 and 7.3.2. */
export function yamlText(text: string): string {
  if (printable.test(text)) return `'${text.replaceAll("'", "''")}'`;
  // JSON is YAML; what JSON leaves alone and YAML doesn’t is escaped as well.
  return JSON.stringify(text).replace(/[\p{C}\u2028\u2029\u0085\ufeff]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** A line of a script as a YAML scalar: bare where nothing in it means anything to YAML. */
export const yamlLine = (line: string): string =>
  /^[A-Za-z][\w ./:='"@%+,-]*$/.test(line) && !/: |:$| $/.test(line) ? line : yamlText(line);

/** GitHub looks for `${{` in each value and runs what follows. Source: GitHub, “Evaluate expressions”: this one gives it back. */
export const githubText = (text: string): string => text.replaceAll('${{', "${{ '${{' }}");

/** GitLab puts variables in place of `$NAME`, and `$` in place of `$$`. Source: GitLab, “Use variables in other variables”. */
export const gitlabText = (text: string): string => text.replaceAll('$', '$$$$');

/** A word of a POSIX shell. */
export const shellText = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
