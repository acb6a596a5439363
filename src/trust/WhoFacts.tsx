import { styled } from '@mui/material/styles';
import { providerNames } from '../../contract/pipelines/identity.ts';
import type { TrustedRepository } from '../../contract/pipelines/pipelines.ts';
import { Fact, Facts } from '../ui/Facts.tsx';
import { FormSection } from '../ui/form/FormSection.tsx';
import { Notice } from '../ui/Notice.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import { Mono, Secondary } from '../ui/text.tsx';
import { RelativeTime } from '../ui/Time.tsx';
import { issuerName } from './issuers.ts';
import { stateWords } from './ruleWords.ts';

const Space = styled('section')({ marginBottom: 22 });

const Id = ({ id }: { id: string | null }) =>
  id === null ? <Secondary>id not known yet</Secondary> : <Mono>{id}</Mono>;

const NewName = ({ was, now }: { was: string; now: string }) =>
  now === was ? null : <> from now on {now}</>;

/** Whom a rule trusts, to read. `names`: of owner and repository, as they will be. */
export function WhoFacts({ rule, names }: { rule: TrustedRepository; names: readonly [string, string] }) {
  const { issuer, owner, repository, state, createdBy, createdAt } = rule;
  return (
    <FormSection title="Repository" purpose="To trust another one, make another rule.">
      <Facts>
        <Fact label="State">
          <StateMark state={stateWords[state].mark}>{stateWords[state].words}</StateMark>
        </Fact>
        <Fact label="Service">
          {providerNames[issuer.provider]}, {issuerName(issuer)}
        </Fact>
        <Fact label="Owner">
          {owner.name} <Id id={owner.id} />
          <NewName was={owner.name} now={names[0]} />
        </Fact>
        <Fact label="Repository">
          {repository === null ? (
            'All of this owner’s'
          ) : (
            <>
              {repository.name} <Id id={repository.id} />
              <NewName was={repository.name} now={names[1]} />
            </>
          )}
        </Fact>
        <Fact label="Made by">
          {createdBy}, <RelativeTime at={createdAt} />
        </Fact>
      </Facts>
    </FormSection>
  );
}

/** Why a rule lets nobody in any more, and what saving it does. */
export const StoppedNotice = ({ rule }: { rule: TrustedRepository }) => (
  <Space>
    <Notice state="failed">
      This rule has stopped: {rule.stopped} A rule allows no more than who made it may do. Look through it;
      saving it makes it yours.
    </Notice>
  </Space>
);
