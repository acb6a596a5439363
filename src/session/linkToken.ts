import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';

/** The token in a link's fragment. What mail programs break is as good as none: the page then says that the link is bad. */
export function tokenOf(fragment: string): string {
  const text = fragment.replace(/^#/, '');
  try {
    return decodeURIComponent(text).trim();
  } catch {
    return text.trim();
  }
}

/** The token of the link that led here. It stands in the fragment, which browsers send to nobody. */
export function useLinkToken(): string {
  const { hash } = useLocation();
  const [token] = useState(() => tokenOf(hash));
  return token;
}
