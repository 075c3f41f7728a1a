import { notifications } from '@mantine/notifications';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { ServiceProblem } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { statesTexts } from './states.texts.js';

interface Saving<Input, Output> {
  save: (input: Input) => Promise<Output>;
  /** What is told when it went well; nothing where the screen shows it anyway. */
  said?: string;
  /** What has to be read again then. */
  refreshes: readonly QueryKey[];
  /** Told as a notification, where no form stands to tell it. */
  tellsFailure?: boolean;
  after?: (output: Output) => void;
}

/** A change: says that it was made, and lets what it touches be read again. */
export function useSave<Input = void, Output = unknown>(saving: Saving<Input, Output>) {
  const client = useQueryClient();
  const words = useTexts(statesTexts);
  return useMutation<Output, unknown, Input>({
    mutationFn: saving.save,
    onSuccess: async (output) => {
      if (saving.said) {
        notifications.show({ message: saving.said, color: 'green', withCloseButton: false });
      }
      saving.after?.(output);
      await Promise.all(saving.refreshes.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
    onError: (error) => {
      if (!saving.tellsFailure) return;
      const problem = error instanceof ServiceProblem ? error : null;
      notifications.show({
        title: words.titleOf(problem),
        message: problem && problem.status !== 0 ? problem.message : words.unreachable,
        color: 'red',
        withCloseButton: false,
      });
    },
  });
}

/** Why the service refused a field, in one line; undefined where it did not. */
export function refusalOf(error: unknown, field: string): string | undefined {
  if (!(error instanceof ServiceProblem)) return undefined;
  return error.errors[field]?.join('; ');
}
