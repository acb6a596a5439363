import Button from '@mui/material/Button';
import type { TrustedRepository } from '../../contract/pipelines/pipelines.ts';
import { ButtonLink } from '../ui/links.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Stack } from '../ui/Panel.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { trustedName } from './ruleWords.ts';

type RuleNoticesProps = {
  team: string;
  rules: readonly TrustedRepository[];
  onConfirm: (rule: TrustedRepository) => void;
};

/** Rules that let nobody in until an admin has done something, each with what. Nothing where there is none. */
export function RuleNotices({ team, rules, onConfirm }: RuleNoticesProps) {
  const waiting = rules.filter(({ state }) => state === 'to-confirm');
  const stopped = rules.filter(({ state }) => state === 'stopped');
  if (waiting.length + stopped.length === 0) return null;
  return (
    <Stack style={{ gap: 10 }}>
      {waiting.map((rule) => (
        <Notice
          key={rule.id}
          state="warning"
          action={
            <Button size="small" onClick={() => onConfirm(rule)}>
              Look at its ids
            </Button>
          }
        >
          <strong>{trustedName(rule)}</strong> has come for the first time
          {rule.seen !== null && (
            <>
              , <RelativeTime at={rule.seen.at} />
            </>
          )}
          . Its pipelines wait until an admin confirms that it is the right one.
        </Notice>
      ))}
      {stopped.map((rule) => (
        <Notice
          key={rule.id}
          state="failed"
          action={
            <ButtonLink
              size="small"
              to="/teams/$team/settings/trusted-repositories/$rule"
              params={{ team, rule: rule.id }}
            >
              Take it over
            </ButtonLink>
          }
        >
          The rule for <strong>{trustedName(rule)}</strong> has stopped: {rule.stopped}
        </Notice>
      ))}
    </Stack>
  );
}
