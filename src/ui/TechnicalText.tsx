import { technicalParts } from './technicalParts.ts';
import { Mono } from './text.tsx';

/** A sentence whose suites, addresses and gateway settings are set in mono. */
export const TechnicalText = ({ children }: { children: string }) =>
  technicalParts(children).map(({ text, technical }, index) =>
    technical ? <Mono key={index}>{text}</Mono> : text,
  );
