import type { Context } from './context.ts';

/**
 * Where a command says what. A result goes to stdout, as text or as the JSON that the API answered; everything else
 * goes to stderr, so that a script that reads the one never meets the other.
 */
export type Output = {
  json: boolean;
  style: Style;
  /** `text` ends without a line break; an empty one prints nothing. */
  result(value: unknown, text: () => string): void;
  /** A line on stderr. */
  say(text: string): void;
  /**
   * What is going on for a while: a line that turns on a terminal, else one line each time the text changes. `stop`
   * takes the turning line away; call it in `finally`.
   */
  progress(text: string): { update(text: string): void; stop(): void };
};

export type Style = Readonly<Record<'bold' | 'dim' | 'red' | 'green' | 'yellow', (text: string) => string>>;

const codes = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

/** https://no-color.org: set and not empty means none. */
function createStyle(coloured: boolean): Style {
  const paint = (name: keyof typeof codes) => (text: string) =>
    coloured && text !== '' ? `\u001b[${codes[name][0]}m${text}\u001b[${codes[name][1]}m` : text;
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    red: paint('red'),
    green: paint('green'),
    yellow: paint('yellow'),
  };
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;
const CLEAR_LINE = '\r\u001b[2K';

export function createOutput(
  { env, stdout, stderr }: Pick<Context, 'env' | 'stdout' | 'stderr'>,
  json: boolean,
): Output {
  const dumb = env['TERM'] === 'dumb';
  const say = (text: string) => stderr.write(`${text}\n`);
  return {
    json,
    style: createStyle(stdout.isTTY && !env['NO_COLOR'] && !dumb),
    say,
    result(value, text) {
      const shown = json ? JSON.stringify(value, null, 2) : text();
      if (shown !== '') stdout.write(`${shown}\n`);
    },
    progress(first) {
      let text = first;
      if (!stderr.isTTY || dumb) {
        say(text);
        return {
          update(next) {
            if (next !== text) say(next);
            text = next;
          },
          stop: () => undefined,
        };
      }
      let frame = 0;
      const draw = () => {
        frame = (frame + 1) % frames.length;
        stderr.write(`${CLEAR_LINE}${frames[frame]} ${text.slice(0, stderr.columns - 3)}`);
      };
      draw();
      const timer = setInterval(draw, FRAME_MS);
      timer.unref();
      return {
        update(next) {
          text = next;
          draw();
        },
        stop() {
          clearInterval(timer);
          stderr.write(CLEAR_LINE);
        },
      };
    },
  };
}
