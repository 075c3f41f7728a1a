import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createOrchestration, initializePhases } from '#contracts/client/sdk.gen.js';
import type { MatrixCell } from '#contracts/client/types.gen.js';
import { ask } from '../service/ask.js';
import { randomId } from '../service/random-id.js';
import { useTexts } from '../text/language.js';
import { matrixTexts } from './matrix.texts.js';
import { type Choice, configurationsKey } from './use-configuration.js';

/** Makes the configuration of a choice with these cells; without any, with the defaults. */
export function useCreation({ serviceType, target, taller }: Choice) {
  const words = useTexts(matrixTexts);
  const queries = useQueryClient();
  const [key] = useState(randomId);
  return useMutation({
    mutationFn: async (matrix: MatrixCell[]) => {
      const headers = { 'Idempotency-Key': key };
      const body = {
        service_type_id: serviceType.id,
        target,
        taller_id: taller?.id ?? null,
        matrix,
      };
      const made = await ask(createOrchestration({ body, headers }));
      if (matrix.length > 0) return made;
      return ask(initializePhases({ path: { id: made.id }, headers }));
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: configurationsKey });
      notifications.show({ color: 'green', withCloseButton: false, message: words.created });
    },
  });
}
