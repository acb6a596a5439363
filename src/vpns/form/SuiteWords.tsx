import { styled } from '@mui/material/styles';
import { describeProposal, parseProposal, type Phase } from '../../../contract/proposals.ts';
import type { IkeVersion } from '../../../contract/vpns.ts';
import { Mono } from '../../ui/text.tsx';

const List = styled('ol')({ listStyle: 'none' });
const Keyword = styled(Mono)({ fontSize: 'inherit', lineHeight: 'inherit' });

/** Suites in words: “AES-256 CBC, SHA-256, DH group 14”; with several, each after its keyword string. */
export function SuiteWords({
  suites,
  phase,
  version,
}: {
  suites: readonly string[];
  phase: Phase;
  version: IkeVersion;
}) {
  const described = suites.flatMap((text) => {
    const parsed = parseProposal(text, phase, version);
    return parsed.ok ? [{ text, words: describeProposal(parsed.value) }] : [];
  });
  if (described.length === 0) return 'In order of preference; the gateway has to have at least one of them.';
  if (described.length === 1) return described[0]?.words;
  return (
    <List>
      {described.map(({ text, words }) => (
        <li key={text}>
          <Keyword>{text}</Keyword>: {words}
        </li>
      ))}
    </List>
  );
}
