import type { Replica } from '../../contract/workspaces.ts';
import { CodeBlock } from '../ui/CodeBlock.tsx';
import { DiagnosisPanel } from '../ui/DiagnosisPanel.tsx';

/** Why a replica can’t do IPsec, and the command that mends it. */
export const CapabilityPanel = ({ replica: { name, ipsec } }: { replica: Replica }) => (
  <DiagnosisPanel
    severity="warning"
    title={`${name} can’t do IPsec`}
    cause={ipsec.reason ?? 'The agent doesn’t say why.'}
    here={
      ipsec.fix !== null && (
        <>
          <p>Run this on the machine. The agent notices by itself and brings the tunnels up.</p>
          <div style={{ width: '100%' }}>
            <CodeBlock text={ipsec.fix} what="the command that mends it" />
          </div>
        </>
      )
    }
  />
);
