import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Team } from '../../contract/team.ts';
import { keys } from '../api/keys.ts';
import { teamQuery } from '../api/team.ts';
import { Switch } from '../ui/form/Switch.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Row, Stack } from '../ui/Panel.tsx';
import { toast } from '../ui/toast.ts';
import { ForbidLevelDialog } from './ForbidLevelDialog.tsx';
import {
  levelMeaning,
  levelNames,
  levels,
  policyChanged,
  policyInWords,
  type ForbiddableLevel,
} from './policyWords.ts';
import { saveTeam, savedMeanwhile } from './saveTeam.ts';

type Change = { level: ForbiddableLevel; allowed: boolean; from: Team; shared: number };

/**
 * Which levels of visibility owners may choose. Forbidding one asks first; when somebody else has saved in the meantime,
 * what they saved is shown, and nothing of theirs is taken back.
 */
export function PortPolicyForm({ team, denied }: { team: Team | undefined; denied: string | undefined }) {
  const queryClient = useQueryClient();
  const [forbidding, setForbidding] = useState<ForbiddableLevel>();
  const change = useMutation({
    mutationFn: ({ level, allowed, from }: Change) =>
      saveTeam(from, { portPolicy: { ...from.portPolicy, [level]: allowed } }, ({ portPolicy }) =>
        levels.some((one) => portPolicy[one] !== from.portPolicy[one]),
      ),
    onSuccess: async (saved, { level, allowed, shared }) => {
      queryClient.setQueryData(teamQuery(saved.id).queryKey, saved);
      setForbidding(undefined);
      toast(policyChanged(level, allowed, shared));
      await queryClient.invalidateQueries({ queryKey: keys.sharedPorts(saved.id) });
    },
    onError: (error) => {
      const other = savedMeanwhile(error);
      if (other === undefined) return;
      queryClient.setQueryData(teamQuery(other.id).queryKey, other);
      setForbidding(undefined);
    },
  });
  const other = savedMeanwhile(change.error);
  const asked = change.variables;
  const toggle = (level: ForbiddableLevel, allowed: boolean) => {
    change.reset();
    if (team === undefined) return;
    if (allowed) change.mutate({ level, allowed, from: team, shared: 0 });
    else setForbidding(level);
  };
  return (
    <Stack style={{ gap: 16 }}>
      <Switch
        label="Private ports"
        checked
        onChange={() => {}}
        disabledReason="This can’t be forbidden: every port starts private."
      >
        The owner of the workspace alone, after signing in.
      </Switch>
      {levels.map((level) => {
        const allowed = team?.portPolicy[level] ?? false;
        return (
          <Switch
            key={level}
            label={levelNames[level]}
            checked={allowed}
            onChange={(on) => toggle(level, on)}
            disabledReason={team === undefined ? 'The team’s policy is being loaded.' : denied}
            busy={change.isPending && asked?.level === level}
          >
            {team !== undefined && levelMeaning(level, allowed)}
          </Switch>
        );
      })}
      {other && asked && (
        <Notice
          state="warning"
          action={
            <Row>
              {other.portPolicy[asked.level] !== asked.allowed && (
                <Button size="small" onClick={() => toggle(asked.level, asked.allowed)}>
                  {asked.allowed ? 'Allow' : 'Forbid'} {levelNames[asked.level].toLowerCase()}
                </Button>
              )}
              <Button size="small" onClick={() => change.reset()}>
                Keep it so
              </Button>
            </Row>
          }
        >
          Somebody changed the team in the meantime. {policyInWords(other.portPolicy)} Your change isn’t made.
        </Notice>
      )}
      {change.error && !other && forbidding === undefined && (
        <Notice state="failed">{change.error.message}</Notice>
      )}
      {team && forbidding !== undefined && (
        <ForbidLevelDialog
          team={team.id}
          level={forbidding}
          loading={change.isPending}
          error={change.error}
          onConfirm={(shared) => change.mutate({ level: forbidding, allowed: false, from: team, shared })}
          onClose={() => setForbidding(undefined)}
        />
      )}
    </Stack>
  );
}
