import { useClockText } from '../ui/clock.ts';
import { duration } from '../ui/time.ts';

/** When a replica tries again: “next in 20 s”, and “now” once its time has come. */
export function NextTry({ at }: { at: string }) {
  const instant = Date.parse(at);
  const text = useClockText((now) => (instant - now < 1000 ? 'now' : `next in ${duration(instant - now)}`));
  return <time dateTime={at}>{text}</time>;
}
