import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import type { VpnTrial, VpnTrialCreate } from '../../../contract/vpnTrials.ts';
import { api, apiPath } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { fieldNames, fieldOf } from '../form/checkForm.ts';
import { toSettings, type VpnFormValues } from '../form/values.ts';

/** Everything but the name, which a gateway never hears. */
const testedFields = fieldNames.filter((name) => name !== 'name');

/** The values that a test depends on, to be compared; it holds the key, so it stays in the page's memory. */
const testedOf = (values: VpnFormValues): string => JSON.stringify({ ...values, name: '' });

const UNFIT = 'Some settings are not right yet: mend what is marked above, then test again.';

type Outcome = { trial: VpnTrial; tested: string };

export type Trial = {
  /** Since when it runs; null while it doesn't. */
  startedAt: string | null;
  outcome: VpnTrial | undefined;
  /** The form says something else by now than what was tested. */
  stale: boolean;
  /** Why there is no outcome. */
  problem: string | undefined;
  stopped: boolean;
  run: (replica: string) => void;
  stop: () => void;
};

/**
 * Tests the form's values with a replica. Refused fields are marked in the form, which is left as it is otherwise.
 *
 * @param storedVpn the VPN whose saved key stands in for an empty one; null: there is none
 */
export function useTrial(team: string, storedVpn: string | null): Trial {
  const form = useFormContext<VpnFormValues>();
  const values = useWatch({ control: form.control, compute: testedOf });
  const request = useRef<AbortController>(undefined);
  const [outcome, setOutcome] = useState<Outcome>();
  const [startedAt, setStartedAt] = useState<string | null>(null);
  const [problem, setProblem] = useState<string>();
  const [stopped, setStopped] = useState(false);
  // The server ends the test when nobody waits for it any more.
  useEffect(() => () => request.current?.abort(), []);

  const test = useMutation({
    gcTime: 0,
    mutationFn: async (replica: string) => {
      const controller = new AbortController();
      request.current = controller;
      const typed = form.getValues();
      const body: VpnTrialCreate = {
        settings: toSettings(typed),
        vpn: storedVpn,
        preSharedKey: typed.preSharedKey === '' ? null : typed.preSharedKey,
        replica,
      };
      const { signal } = controller;
      const trial = await api.post<VpnTrial>(apiPath`/teams/${team}/vpn-trials`, body, { signal });
      return { trial, tested: testedOf(typed) };
    },
    onSuccess: setOutcome,
    onError: (error) => {
      if (request.current?.signal.aborted === true) setStopped(true);
      else setProblem(show(error));
    },
    onSettled: () => setStartedAt(null),
  });

  /** Marks refused fields in the form. Returns what to say beside the test. */
  const show = (error: Error): string => {
    const refused = error instanceof ApiProblem ? error.errors : [];
    const fields = refused.map(({ path, code, message }) => {
      const field = fieldOf(path.replace(/^settings\./, ''));
      return { field, code, message };
    });
    let focused = false;
    for (const { field, code, message } of fields) {
      if (field === undefined) continue;
      form.setError(field, { type: code, message }, { shouldFocus: !focused });
      focused = true;
    }
    const elsewhere = fields.filter(({ field }) => field === undefined).map(({ message }) => message);
    if (elsewhere.length > 0) return elsewhere.join(' ');
    return focused ? UNFIT : error.message;
  };

  const run = async (replica: string) => {
    setProblem(undefined);
    setStopped(false);
    if (!(await form.trigger(testedFields, { shouldFocus: true }))) {
      setProblem(UNFIT);
      return;
    }
    setOutcome(undefined);
    setStartedAt(new Date().toISOString());
    test.mutate(replica);
  };
  return {
    startedAt,
    outcome: outcome?.trial,
    stale: outcome !== undefined && outcome.tested !== values,
    problem,
    stopped,
    run: (replica) => void run(replica),
    stop: () => request.current?.abort(),
  };
}
