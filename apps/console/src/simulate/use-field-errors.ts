import type { UseMutationResult } from '@tanstack/react-query';
import type { DispatchRequest } from '#contracts/client/types.gen.js';
import { ServiceProblem } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { simulateTexts } from './simulate.texts.js';
import type { Plan } from './use-plan.js';

/** Why the service could not use a field, whether it refused the plan or told what is missing. */
export function useFieldErrors(
  plan: UseMutationResult<Plan, Error, DispatchRequest>,
): (field: string) => string | undefined {
  const words = useTexts(simulateTexts);
  const refused = plan.error instanceof ServiceProblem ? plan.error.errors : {};
  const view = plan.data?.view;
  const isMissing = view?.code === 'missing_variables';
  return (field) => {
    if (refused[field]) return refused[field].join('; ');
    const why = view?.missing[field];
    if (!why) return undefined;
    return isMissing ? words.missingHere : why.join('; ');
  };
}
