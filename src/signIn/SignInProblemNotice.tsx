import { Notice } from '../ui/Notice.tsx';
import { problemSentence } from './problemWords.ts';

/** Why somebody who came back from a provider isn’t signed in, or linked. */
export function SignInProblemNotice({ code }: { code: string | undefined }) {
  const sentence = problemSentence(code);
  if (sentence === undefined) return null;
  return <Notice state={code === 'cancelled' ? 'warning' : 'failed'}>{sentence}</Notice>;
}
