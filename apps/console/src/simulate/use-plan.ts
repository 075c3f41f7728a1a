import { useMutation } from '@tanstack/react-query';
import { dispatchEvent } from '#contracts/client/sdk.gen.js';
import type { DispatchRequest, DryRunView } from '#contracts/client/types.gen.js';
import { ask, ServiceProblem } from '../service/ask.js';
import { randomId } from '../service/random-id.js';

/** A request and what the service would make of it. */
export interface Plan {
  request: DispatchRequest;
  view: DryRunView;
  /** Of this plan: however often it is sent, it is sent once. */
  idempotencyKey: string;
}

/** Asks for the plan of a request; sends nothing. */
export function usePlan() {
  return useMutation({
    mutationFn: async (request: DispatchRequest): Promise<Plan> => {
      const answer = await ask(dispatchEvent({ body: { ...request, dry_run: true } }));
      if (!('would_be_accepted' in answer)) {
        throw new ServiceProblem(202, 'unknown', 'The service did not answer with a plan.');
      }
      return { request, view: answer, idempotencyKey: randomId() };
    },
  });
}
