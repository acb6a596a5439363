/** Text that is HTML already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | null | undefined | readonly Part[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string) => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);

function render(part: Part): string {
  if (part === null || part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escape(part);
  if (typeof part === 'number') return String(part);
  return part.map(render).join('');
}

/** A template of HTML: everything put into it is escaped, unless it came out of this function. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(strings.reduce((text, string, at) => text + render(parts[at - 1]) + string));

/** Paragraphs with `code` and **strong** words: as much Markdown as descriptions here use. */
export const prose = (text: string): Html =>
  new Html(
    text
      .split(/\n{2,}/)
      .map((paragraph) => `<p>${inline(paragraph).text}</p>`)
      .join(''),
  );

/** One line of the same. */
export const inline = (text: string): Html =>
  new Html(
    escape(text)
      .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
      .replaceAll(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>'),
  );
