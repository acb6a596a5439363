import { toast } from './toast.ts';

/** Puts text on the clipboard; false, and said, where the browser doesn’t let the page. */
export const copyText = (text: string): Promise<boolean> =>
  navigator.clipboard.writeText(text).then(
    () => true,
    () => {
      toast('This browser doesn’t let the page copy. Select the text and copy it yourself.');
      return false;
    },
  );
