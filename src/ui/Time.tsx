import { useClockText } from './clock.ts';
import { duration, exactTime, relativeTime } from './time.ts';

type TimeProps = { at: string };

/** When something happened or will, as a distance that keeps up with the clock; the exact time is its title. */
export function RelativeTime({ at }: TimeProps) {
  const instant = Date.parse(at);
  const text = useClockText((now) => relativeTime(instant, now));
  return (
    <time dateTime={at} title={exactTime(instant)}>
      {text}
    </time>
  );
}

/** How long something has lasted since: “4 h 12 min”. */
export function Elapsed({ at }: TimeProps) {
  const instant = Date.parse(at);
  const text = useClockText((now) => duration(now - instant));
  return (
    <time dateTime={at} title={`Since ${exactTime(instant)}`}>
      {text}
    </time>
  );
}
