import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { DeviceRequest } from '../../contract/deviceCodes.ts';
import { api, apiPath } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { PendingPage } from '../ui/PendingPage.tsx';
import { DeviceCodeForm } from './DeviceCodeForm.tsx';
import { DeviceDecisionForm } from './DeviceDecisionForm.tsx';
import { EntryPage } from './EntryPage.tsx';

const route = getRouteApi('/device');

/** Where `culvert login` leads: lets a terminal in, or refuses it. Nothing is decided by opening it. */
export function DevicePage() {
  const { code } = route.useSearch();
  return code === undefined ? <DeviceCodeForm /> : <AskedFor code={code} />;
}

function AskedFor({ code }: { code: string }) {
  const request = useQuery({
    queryKey: ['device', code],
    queryFn: ({ signal }) => api.get<DeviceRequest>(apiPath`/device-codes/${code}`, { signal }),
    // What was decided is over: asked again, it would be gone while its outcome is still shown.
    staleTime: Infinity,
    retry: false,
  });
  const { data, error } = request;
  if (data !== undefined) return <DeviceDecisionForm request={data} />;
  if (error === null) return <PendingPage />;
  if (error instanceof ApiProblem && error.status === 404) {
    return <DeviceCodeForm typed={code} problem={error.message} />;
  }
  return (
    <EntryPage title="Sign in the command line">
      <ErrorState
        title="The code can’t be looked up"
        error={error}
        onRetry={request.refetch}
        retrying={request.isFetching}
      />
    </EntryPage>
  );
}
