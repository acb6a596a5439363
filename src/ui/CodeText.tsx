import { Mono } from './text.tsx';

/** A sentence in which `code in backticks` is set in mono: suites, addresses, settings of the gateway. */
export const CodeText = ({ children }: { children: string }) =>
  children.split('`').map((part, index) => (index % 2 === 1 ? <Mono key={index}>{part}</Mono> : part));
