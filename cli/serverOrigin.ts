import { usageError } from './cliError.ts';

/**
 * The address of a server as it is kept: `Culvert.example` and `https://culvert.example/` become `https://culvert.example`.
 *
 * @throws CliError (usage) for what is no address of a server
 */
export function serverOrigin(text: string): string {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  const usable = url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
  if (!usable || url.username || url.password || url.search || url.hash || url.pathname !== '/') {
    throw usageError(
      `“${text}” is not the address of a server.`,
      'Use one such as https://culvert.example.com, as the dashboard shows it.',
    );
  }
  return url.origin;
}
