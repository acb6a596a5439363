import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Team } from '../../contract/team.ts';
import { keys } from '../api/keys.ts';
import { ApiProblem } from '../api/problem.ts';
import { teamQuery } from '../api/team.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { TextField } from '../ui/form/TextField.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Row } from '../ui/Panel.tsx';
import { toast } from '../ui/toast.ts';
import { saveTeam, savedMeanwhile } from './saveTeam.ts';

type Edit = {
  name: string;
  /** The name and the revision that the edit started from. */
  from: Team;
};

/** Renames the team. When somebody else was faster, both names are shown and neither is lost. */
export function TeamNameForm({ team, denied }: { team: Team | undefined; denied: string | undefined }) {
  const queryClient = useQueryClient();
  const [edit, setEdit] = useState<Edit>();
  const rename = useMutation({
    mutationFn: ({ name, from }: Edit) => saveTeam(from, { name }, (theirs) => theirs.name !== from.name),
    onSuccess: async (renamed) => {
      queryClient.setQueryData(teamQuery(renamed.id).queryKey, renamed);
      setEdit(undefined);
      toast(`The team is called ${renamed.name} now.`);
      await queryClient.invalidateQueries({ queryKey: keys.session });
    },
  });
  const other = savedMeanwhile(rename.error);
  const refused = rename.error instanceof ApiProblem ? rename.error.errors[0]?.message : undefined;
  const name = edit?.name ?? team?.name ?? '';
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (edit && denied === undefined) rename.mutate(edit);
      }}
      style={{ display: 'grid', gap: 14, maxWidth: 520 }}
    >
      <TextField
        label="Name"
        value={name}
        readOnly={denied !== undefined || team === undefined}
        autoComplete="organization"
        error={refused}
        onChange={(event) => {
          rename.reset();
          if (team) setEdit({ name: event.target.value, from: edit?.from ?? team });
        }}
      />
      {other && edit && (
        <Notice
          state="warning"
          action={
            <Row>
              <Button size="small" onClick={() => rename.mutate({ name: edit.name, from: other })}>
                Rename to {edit.name}
              </Button>
              <Button
                size="small"
                onClick={() => {
                  queryClient.setQueryData(teamQuery(other.id).queryKey, other);
                  setEdit(undefined);
                  rename.reset();
                }}
              >
                Keep {other.name}
              </Button>
            </Row>
          }
        >
          Somebody renamed the team to “{other.name}” while you were typing.
        </Notice>
      )}
      {rename.error && !other && refused === undefined && (
        <Notice state="failed">{rename.error.message}</Notice>
      )}
      {!other && (
        <Row>
          <ActionButton
            type="submit"
            loading={rename.isPending}
            disabledReason={
              denied ??
              (edit === undefined || edit.name === edit.from.name ? 'The name is as it was.' : undefined)
            }
          >
            Rename team
          </ActionButton>
        </Row>
      )}
    </form>
  );
}
