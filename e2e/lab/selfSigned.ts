import { join } from 'node:path';
import { must } from './namespaces.ts';

/** Makes a certificate that nobody vouches for, as development servers do. */
export async function selfSigned(folder: string): Promise<{ certificate: string; key: string }> {
  const certificate = join(folder, 'self-signed.pem');
  const key = join(folder, 'self-signed.key');
  const subject = ['-subj', '/CN=localhost', '-days', '2'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  await must('openssl', 'req', '-x509', ...kind, ...subject, '-keyout', key, '-out', certificate);
  return { certificate, key };
}
