import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import type { ImportedConfig, ImportedConnection } from '../../../contract/gatewayImport/imported.ts';
import { color, media, type } from '../../theme/tokens.ts';
import { counted } from '../../ui/counted.ts';
import { DialogActions, DialogNote } from '../../ui/Dialog.tsx';
import { Fact, Facts } from '../../ui/Facts.tsx';
import { SelectField } from '../../ui/form/Select.tsx';
import { Heading, Mono } from '../../ui/text.tsx';
import { FileLines } from './FileLines.tsx';
import { importedFacts } from './importedFacts.ts';

const Part = styled('section')({ display: 'grid', gap: 8, minWidth: 0 });
const Open = styled('ul')({ ...type.body, paddingLeft: 18, '& > li + li': { marginTop: 2 } });
const Value = styled(Mono)({ whiteSpace: 'pre-line' });
const Bar = styled(DialogActions)({
  position: 'sticky',
  bottom: 0,
  margin: '6px -22px -20px',
  padding: '12px 22px',
  backgroundColor: color.surface,
  borderTop: `1px solid ${color.line}`,
  borderRadius: 'inherit',
  [media.phone]: { margin: '6px -18px -18px', padding: '12px 18px' },
});

const formatNames = {
  'ipsec.conf': 'strongSwan ipsec.conf',
  'swanctl.conf': 'strongSwan swanctl.conf',
  libreswan: 'Libreswan',
} as const;

const called = (connection: ImportedConnection) =>
  connection.name === '' ? 'without a name' : connection.name;

type ReviewStepProps = {
  config: ImportedConfig;
  onBack: () => void;
  onFill: (connection: ImportedConnection) => void;
};

/** What was made of the file: what goes into the form, what is still open, and every line with its verdict. */
export function ReviewStep({ config: { format, connections, lines }, onBack, onFill }: ReviewStepProps) {
  const [chosen, setChosen] = useState(0);
  const connection = connections[chosen] ?? connections[0];
  if (!connection) return null;
  const facts = importedFacts(connection);
  const urgent = lines.filter(({ verdict }) => verdict === 'refused' || verdict === 'unknown');
  return (
    <>
      <DialogNote>
        {formatNames[format]}, {counted(lines.length, 'line')}.{' '}
        {connections.length === 1
          ? `The connection is ${called(connection)}.`
          : `It has ${connections.length} connections.`}
      </DialogNote>
      {connections.length > 1 && (
        <SelectField
          label="Connection"
          help="A VPN is made of one of them."
          value={String(chosen)}
          onChange={(event) => setChosen(Number(event.target.value))}
          options={connections.map((one, index) => ({ value: String(index), label: called(one) }))}
        />
      )}
      {urgent.length > 0 && (
        <Part aria-label="Not taken over">
          <Heading as="h3">{counted(urgent.length, 'line')} not taken over as written</Heading>
          <FileLines lines={urgent} label="Lines that were refused or aren’t known" />
        </Part>
      )}
      <Part aria-label="Into the form">
        <Heading as="h3">Into the form</Heading>
        <Facts>
          {facts.map(({ field, label, text, mono }) => (
            <Fact key={field} label={label}>
              {mono ? <Value>{text}</Value> : text}
            </Fact>
          ))}
          {connection.pool !== null && (
            <Fact label="Address pool">
              <Mono>{connection.pool}</Mono> on the gateway; no field of the form
            </Fact>
          )}
        </Facts>
      </Part>
      {connection.missing.length > 0 && (
        <Part aria-label="Still open">
          <Heading as="h3">Still open</Heading>
          <Open>
            {connection.missing.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </Open>
        </Part>
      )}
      <Part aria-label="Line by line">
        <Heading as="h3">Line by line</Heading>
        <FileLines lines={lines} label="All lines of the file" />
      </Part>
      <Bar>
        <Button variant="text" onClick={onBack}>
          Back to the text
        </Button>
        <Button variant="contained" color="primary" onClick={() => onFill(connection)}>
          Fill the form
        </Button>
      </Bar>
    </>
  );
}
