import Button, { type ButtonProps } from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { useState } from 'react';
import { copyText } from './copyText.ts';
import { CheckIcon, CopyIcon } from './icons.tsx';

/** Puts text on the clipboard and shows for two seconds that it is there. */
function useCopy(text: string) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (!(await copyText(text))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return { copied, copy: () => void copy() };
}

type CopyProps = {
  text: string;
  /** What is copied: “the join command”. */
  what: string;
  /** Takes the focus when it appears. */
  autoFocus?: boolean;
};

/** A small copy button beside what can be copied. */
export function CopyIconButton({ text, what, autoFocus = false }: CopyProps) {
  const { copied, copy } = useCopy(text);
  return (
    <IconButton
      autoFocus={autoFocus}
      onClick={copy}
      aria-label={copied ? `Copied ${what}` : `Copy ${what}`}
      title={`Copy ${what}`}
    >
      {copied ? <CheckIcon /> : <CopyIcon />}
    </IconButton>
  );
}

/** The same with words: “Copy for the network admin”. */
export function CopyButton({
  text,
  label = 'Copy',
  ...button
}: { text: string; label?: string } & ButtonProps) {
  const { copied, copy } = useCopy(text);
  return (
    <Button size="small" startIcon={copied ? <CheckIcon /> : <CopyIcon />} {...button} onClick={copy}>
      {copied ? 'Copied' : label}
    </Button>
  );
}
