import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useRef, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { suitePresets } from '../../../../contract/suitePresets.ts';
import { color, type } from '../../../theme/tokens.ts';
import { FormSection } from '../../../ui/form/FormSection.tsx';
import { ChevronDownIcon } from '../../../ui/icons.tsx';
import { useMenu } from '../../../ui/menu/useMenu.tsx';
import type { VpnFormValues } from '../values.ts';
import { phaseValues, refusePreset, sameValues, valuesInWords, type PhaseValues } from './presetValues.ts';

const Box = styled('div')({ display: 'grid', gap: 6, justifyItems: 'start', minWidth: 0 });
const Below = styled('div')({
  ...type.small,
  color: color.textSecondary,
  overflowWrap: 'anywhere',
  '& > button': { ...type.small, minHeight: 0, padding: '0 4px', margin: '0 0 0 6px' },
});

/** What a preset has set, and what stood there before. */
type Applied = { name: string; values: PhaseValues; before: PhaseValues };

/** Sets suites and lifetimes of both phases at once, says what it set, and takes it back. */
export function PresetFields() {
  const { control, setValue, trigger } = useFormContext<VpnFormValues>();
  const [ike, esp] = useWatch({ control, name: ['ike', 'esp'] });
  const [applied, setApplied] = useState<Applied>();
  const button = useRef<HTMLButtonElement>(null);
  const values = phaseValues({ ike, esp });
  const current = suitePresets.find((preset) => sameValues(preset, values));
  // Taking it back is offered for as long as nothing of it was changed by hand.
  const last = applied && sameValues(applied.values, values) ? applied : undefined;

  const set = (next: PhaseValues) => {
    for (const phase of ['ike', 'esp'] as const) {
      setValue(`${phase}.lifetimeSeconds`, next[phase].lifetimeSeconds, { shouldDirty: true });
      setValue(`${phase}.proposals`, [...next[phase].proposals], { shouldDirty: true });
    }
    void trigger(['ike.lifetimeSeconds', 'ike.proposals', 'esp.lifetimeSeconds', 'esp.proposals']);
  };
  const { trigger: opener, menu } = useMenu({
    actions: suitePresets.map((preset) => ({
      key: preset.id,
      label: preset.name,
      detail: preset.words,
      selected: preset === current,
      disabledReason: refusePreset(preset, ike.version),
      onSelect: () => {
        const chosen: PhaseValues = { ike: preset.ike, esp: preset.esp };
        if (!sameValues(chosen, values)) setApplied({ name: preset.name, values: chosen, before: values });
        set(chosen);
      },
    })),
  });
  const name = current?.name ?? 'Your own';

  return (
    <FormSection title="Preset" purpose="Suites and lifetimes of both phases">
      <Box>
        <Button
          ref={button}
          {...opener}
          aria-label={`Preset: ${name}`}
          endIcon={<ChevronDownIcon size={14} />}
        >
          {name}
        </Button>
        {menu}
        <Below role="status">
          {last === undefined ? (
            (current?.words ?? 'What is set below. A preset replaces it.')
          ) : (
            <>
              {last.name} is set. {valuesInWords(last.values)}
              <Button
                variant="text"
                size="small"
                onClick={() => {
                  setApplied(undefined);
                  set(last.before);
                  button.current?.focus();
                }}
              >
                Undo
              </Button>
            </>
          )}
        </Below>
      </Box>
    </FormSection>
  );
}
