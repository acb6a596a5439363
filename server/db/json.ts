import { z } from 'zod';

const Texts = z.array(z.string());

/** A JSON column as a typed value. Throws where the stored text isn't one: that is a mistake of ours, never of a request. */
export const readJson = <Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> =>
  schema.parse(JSON.parse(text));

/** A JSON column that holds a list of texts. */
export const readTexts = (text: string): string[] => readJson(Texts, text);
