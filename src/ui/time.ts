const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const count = (amount: number, unit: string) => `${amount} ${unit}${amount === 1 ? '' : 's'}`;

/** “12 min ago”, “yesterday”, “in 3 days”: how far an instant (milliseconds) is from now, in the fewest words. */
export function relativeTime(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < 45 * second) return at > now ? 'in a moment' : 'just now';
  const days = Math.round(distance / day);
  const text =
    distance < hour - 30 * second
      ? `${Math.max(1, Math.round(distance / minute))} min`
      : distance < day - hour / 2
        ? `${Math.round(distance / hour)} h`
        : days < 30
          ? count(days, 'day')
          : days < 360
            ? count(Math.round(days / 30.4), 'month')
            : count(Math.round(days / 365), 'year');
  if (text === '1 day') return at > now ? 'tomorrow' : 'yesterday';
  return at > now ? `in ${text}` : `${text} ago`;
}

/** How long something lasts or has lasted, in at most two units: “22 min”, “4 h 12 min”, “3 days 2 h”. Milliseconds. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / second));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? count(days, 'day') : `${count(days, 'day')} ${hours % 24} h`;
}

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** The instant in full, in the reader’s time zone. */
export const exactTime = (at: number) => exact.format(at);

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
/** The time of day: “09:12”. */
export const clockTime = (at: number) => clock.format(at);

const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });

/** When something happened, inside a sentence: “at 09:12”, “yesterday at 09:12”, “on 12 November at 09:12”. */
export function timeInWords(at: number, now: number): string {
  const time = `at ${clock.format(at)}`;
  const date = dayAndMonth.format(at);
  if (date === dayAndMonth.format(now)) return time;
  return date === dayAndMonth.format(now - day) ? `yesterday ${time}` : `on ${date} ${time}`;
}
