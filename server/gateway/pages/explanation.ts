import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Html } from '../../http/html.ts';

/** What a visitor is told instead of an answer of the app: as a page to people, as a problem document to programs. */
export type Explanation = {
  status: ContentfulStatusCode;
  /** Stable machine name. */
  code: string;
  /** The heading, and the problem’s title. */
  title: string;
  /** Why, and what to do: the first paragraph, and the problem’s detail. */
  detail: string;
  /** What only the page has: hints, and what can be pressed. */
  more?: Html;
  /** The page looks again by itself. */
  retries?: boolean;
  /** The page has a form. */
  posts?: boolean;
};
