import { IMPORT_MAX_BYTES } from '../../../contract/gatewayImport/import.ts';
import { accept, refuse, type Result } from '../../../contract/result.ts';

/** The text of a file that somebody chose. It is read in the page, and sent nowhere. */
export async function readFile(file: File): Promise<Result<string>> {
  if (file.size > IMPORT_MAX_BYTES) {
    const message = `${file.name} is larger than 256 KB. Choose the file that holds the connection alone.`;
    return refuse({ code: 'import_large', message });
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    const message = `${file.name} can’t be read as text. Choose the gateway’s configuration file.`;
    return refuse({ code: 'import_binary', message });
  }
  if (text.includes('\0')) {
    const message = `${file.name} isn’t a text file. Choose the gateway’s configuration file.`;
    return refuse({ code: 'import_binary', message });
  }
  return accept(text);
}
