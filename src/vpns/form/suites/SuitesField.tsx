import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useEffect, useState } from 'react';
import { useController, useFormContext, useWatch } from 'react-hook-form';
import type { Phase } from '../../../../contract/proposals.ts';
import { PROPOSALS_MAX } from '../../../../contract/vpns.ts';
import { color, radius, visuallyHidden } from '../../../theme/tokens.ts';
import { ActionButton } from '../../../ui/ActionButton.tsx';
import { Field, labelId } from '../../../ui/form/Field.tsx';
import { useListProblems } from '../problems.ts';
import type { VpnFormValues } from '../values.ts';
import { shownSuites } from './suiteEditing.ts';
import { SuiteEditor } from './SuiteEditor.tsx';
import { SuiteRow } from './SuiteRow.tsx';
import { useSuiteList } from './useSuiteList.ts';

const Frame = styled('div')({
  minWidth: 0,
  border: `1px solid ${color.lineStrong}`,
  borderRadius: radius.control,
  backgroundColor: color.surface,
  '&[data-refused]': { borderColor: color.failed },
  '& > ol': { listStyle: 'none', overflow: 'hidden', borderRadius: '5px 5px 0 0' },
  '& > ol > li + li': { borderTop: `1px solid ${color.line}` },
});
const Foot = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 2,
  padding: '3px 4px',
  'ol:not(:empty) + &': { borderTop: `1px solid ${color.line}` },
});
const Hidden = styled('div')(visuallyHidden);

const helpFor = (count: number) =>
  count > 1
    ? 'In order of preference; the gateway has to have at least one of them.'
    : 'The gateway has to have it, too.';

/** Where the focus goes when somebody is led to the suites: what is refused, what is open, or else the first one. */
const entryOf = (box: HTMLElement) =>
  box.querySelector<HTMLElement>('[data-refused] [data-act=edit], :is(select, input)') ??
  box.querySelector<HTMLElement>('[data-act=edit], [data-add]');

/** The cipher suites of one phase, in order of preference: each in words and as keywords, built or typed. */
export function SuitesField({ phase }: { phase: Phase }) {
  const name = `${phase}.proposals` as const;
  const { control, trigger } = useFormContext<VpnFormValues>();
  const ikeVersion = useWatch<VpnFormValues, 'ike.version'>({ name: 'ike.version' });
  const { field } = useController<VpnFormValues, typeof name>({ name, control });
  const problems = useListProblems(name);
  const change = (suites: string[]) => {
    field.onChange(suites);
    void trigger(name);
  };
  const context = { phase, ikeVersion };
  const list = useSuiteList(field.value, change, context);
  const { box, editing } = list;
  // Whoever is led here comes to what is refused, which is there only once it has been rendered.
  const [led, setLed] = useState<object>();
  useEffect(() => {
    if (led !== undefined && box.current !== null) entryOf(box.current)?.focus();
  }, [led, box]);
  const rows = shownSuites({ suites: field.value, editing });
  /** Where a row's suite is in the form, which doesn't hold an open row without text. */
  const positionOf = (row: number) =>
    editing !== undefined && !editing.listed && row > editing.index ? row - 1 : row;
  const full =
    rows.length >= PROPOSALS_MAX ? `${PROPOSALS_MAX} suites are the most there can be.` : undefined;

  return (
    <Field label="Cipher Suites" group help={helpFor(field.value.length)} error={problems.whole}>
      {(labelled) => (
        <Frame
          ref={(frame) => {
            box.current = frame;
            field.ref({ focus: () => setLed({}) });
          }}
          data-refused={problems.whole === undefined ? undefined : ''}
        >
          <ol aria-labelledby={labelId(labelled)} aria-describedby={labelled['aria-describedby']}>
            {rows.map((text, index) => (
              <li key={index} data-row={index}>
                {editing?.index === index ? (
                  <SuiteEditor
                    label={editing.before === undefined ? 'New suite' : `Suite ${index + 1}`}
                    text={text}
                    mode={editing.mode}
                    context={context}
                    problem={editing.listed ? problems.at(index) : undefined}
                    onChange={list.write}
                    onPasteSeveral={list.paste}
                    onMode={list.switchMode}
                    onDone={list.done}
                    onCancel={list.cancel}
                  />
                ) : (
                  <SuiteRow
                    text={text}
                    index={index}
                    count={rows.length}
                    context={context}
                    problem={problems.at(positionOf(index))}
                    onAct={(act) => list.onAct(positionOf(index), act)}
                  />
                )}
              </li>
            ))}
          </ol>
          {(editing === undefined || editing.before !== undefined) && (
            <Foot>
              <ActionButton
                variant="text"
                size="small"
                data-add=""
                disabledReason={full}
                onClick={() => list.add('parts')}
              >
                + Add suite
              </ActionButton>
              {full === undefined && (
                <Button variant="text" size="small" onClick={() => list.add('keywords')}>
                  Type keywords
                </Button>
              )}
            </Foot>
          )}
          <Hidden role="status">{list.said}</Hidden>
        </Frame>
      )}
    </Field>
  );
}
