import { styled } from '@mui/material/styles';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import { vpnsQuery } from '../../api/vpns.ts';
import { useTeam } from '../../session/viewer.ts';
import { color, media, radius, size, type } from '../../theme/tokens.ts';
import { Field, labelId } from '../../ui/form/Field.tsx';
import { RadioList } from '../../ui/form/RadioList.tsx';
import { counted } from '../../ui/counted.ts';
import { Notice } from '../../ui/Notice.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import type { RuleValues } from './values.ts';

const List = styled('ul')({
  listStyle: 'none',
  maxHeight: 260,
  overflowY: 'auto',
  border: `1px solid ${color.field}`,
  borderRadius: radius.control,
  backgroundColor: color.surface,
  padding: 5,
  '&[data-invalid]': { borderColor: color.failed },
});
const Item = styled('label')({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  padding: '6px 9px',
  borderRadius: 4,
  cursor: 'pointer',
  overflowWrap: 'anywhere',
  '&:hover, &:focus-within': { backgroundColor: color.sunken },
  '& input': { accentColor: color.primary, margin: 0, flex: 'none' },
  [media.coarse]: { minHeight: size.touch },
});
const Choice = styled('div')({ display: 'grid', gap: 8, minWidth: 0 });
const Silence = styled('p')({ ...type.small, color: color.textSecondary, padding: '8px 9px' });

/** Up to so many are looked through without searching. */
const FEW = 10;

/** Enter in the search isn’t meant for the form around it. */
function searchOnly(event: KeyboardEvent): void {
  const target = event.target instanceof HTMLInputElement ? event.target : null;
  if (event.key === 'Enter' && target?.type === 'search') event.preventDefault();
}

/** Which VPNs the previews of a rule may use. A new one is chosen by nobody yet. */
export function VpnFields() {
  const { id: team } = useTeam();
  const { control, formState, watch, setValue, trigger } = useFormContext<RuleValues>();
  const { field } = useController({ control, name: 'vpns' });
  const [search, setSearch] = useState('');
  const query = useInfiniteQuery({
    ...vpnsQuery(team, search === '' ? {} : { search }),
    placeholderData: keepPreviousData,
  });
  const many = search !== '' || (query.data?.total ?? 0) > FEW;
  const id = useId();
  const scope = watch('vpnScope');
  const toggle = (vpn: string) =>
    field.onChange(
      field.value.includes(vpn) ? field.value.filter((one) => one !== vpn) : [...field.value, vpn],
    );
  return (
    <>
      <RadioList
        label="VPNs"
        name="vpnScope"
        value={scope}
        onChange={(chosen) => {
          setValue('vpnScope', chosen, { shouldDirty: true });
          if (formState.errors.vpns) void trigger('vpns');
        }}
        options={[
          { value: 'selected', label: 'Only these', detail: 'The ones chosen below.' },
          { value: 'all', label: 'All of the team’s', detail: 'Also those that are created later.' },
        ]}
      />
      {scope === 'selected' && (
        <Field label="Chosen VPNs" group error={formState.errors.vpns?.message}>
          {(described) => (
            <Choice onKeyDown={searchOnly}>
              {many && <SearchField label="Search VPNs" value={search} onSearch={setSearch} />}
              <List
                aria-labelledby={labelId(described)}
                aria-describedby={described['aria-describedby']}
                data-invalid={described['aria-invalid'] ? '' : undefined}
              >
                {query.data?.items.map((vpn, index) => (
                  <li key={vpn.id}>
                    <Item htmlFor={`${id}-${vpn.id}`}>
                      <input
                        id={`${id}-${vpn.id}`}
                        // Where the form leads to when none is chosen.
                        ref={index === 0 ? field.ref : undefined}
                        type="checkbox"
                        checked={field.value.includes(vpn.id)}
                        onChange={() => toggle(vpn.id)}
                        onBlur={field.onBlur}
                      />
                      {vpn.name}
                    </Item>
                  </li>
                ))}
                {query.isPending && (
                  <li>
                    <Silence>Loading…</Silence>
                  </li>
                )}
                {query.data?.total === 0 && (
                  <li>
                    <Silence>
                      {search === ''
                        ? 'The team has no VPN yet. Create one first, or choose all.'
                        : `No VPN matches “${search}”.`}
                    </Silence>
                  </li>
                )}
              </List>
              {many && <Silence role="status">{counted(field.value.length, 'VPN')} chosen</Silence>}
            </Choice>
          )}
        </Field>
      )}
      {query.error !== null && <Notice state="failed">{query.error.message}</Notice>}
    </>
  );
}
