import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';

/** The token of the link that led here. It stands in the fragment, which browsers send to nobody. */
export function useLinkToken(): string {
  const { hash } = useLocation();
  const [token] = useState(() => decodeURIComponent(hash.replace(/^#/, '')).trim());
  return token;
}
