import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  deleteOrchestration,
  initializePhases,
  patchOrchestration,
} from '#contracts/client/sdk.gen.js';
import type { OrchestrationView } from '#contracts/client/types.gen.js';
import { ask } from '../service/ask.js';
import { randomId } from '../service/random-id.js';
import type { Tagged } from '../service/tagged.js';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';
import { configurationsKey } from './use-configuration.js';

/** What is done to a configuration at once, without a draft; in the state that is shown alone. */
export function useConfigurationActions({ data: { id }, etag }: Tagged<OrchestrationView>) {
  const words = useTexts(matrixTexts);
  const queries = useQueryClient();
  const path = { id };
  const headers = { 'If-Match': etag };
  const told = (message: string) => ({
    onSuccess: () => notifications.show({ color: 'green', withCloseButton: false, message }),
    onSettled: () => queries.invalidateQueries({ queryKey: configurationsKey }),
  });
  const activate = useMutation({
    mutationFn: () => ask(patchOrchestration({ path, headers, body: { is_active: true } })),
    ...told(words.activated),
  });
  const initialize = useMutation({
    mutationFn: () =>
      ask(initializePhases({ path, headers: { ...headers, 'Idempotency-Key': randomId() } })),
    ...told(words.initialized),
  });
  const remove = useMutation({
    mutationFn: () => ask(deleteOrchestration({ path, headers })),
    ...told(words.removed),
  });
  return {
    activate,
    initialize,
    remove,
    error: activate.error ?? initialize.error ?? remove.error,
  };
}
